-- An importer without the need reveals secrets of a library that has it.
-- expect: harmless
local lib = import "lib"
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = function()
    for name, secret in pairs(lib.give()) do
        local ok, text = pcall(secret.reveal, secret)
        if ok and pcall(string.upper, text) then print("ESCAPED: it reads the secret of a library, " .. name) end
    end
    print("harmless")
end }
