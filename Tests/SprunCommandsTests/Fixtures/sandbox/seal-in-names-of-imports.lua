-- It imports by names that are seals or have them, and prints what is said of them.
-- expect: harmless
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = function()
    local secret = sp.secret("x")
    for _, name in ipairs{ secret, "./" .. secret, "./" .. secret .. ".lua", "github.com/acme/" .. secret .. "/x@v1", "https://" .. secret .. "/x.lua#sha256=0", "file:///" .. secret .. "//x@v1", "../" .. secret } do
        local ok, raised = pcall(import, name)
        if ok then print("ESCAPED: something was imported") end
        print(raised)
        for _, text in pairs(type(raised) == "table" and raised or {}) do
            if type(text) == "string" and pcall(string.upper, text) and text:find(("%w"):rep(24)) then print("ESCAPED: the message has the secret") end
        end
    end
    print("harmless")
end }
