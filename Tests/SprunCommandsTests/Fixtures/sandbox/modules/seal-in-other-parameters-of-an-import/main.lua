-- It gives seals to an imported recipe as parameters of other kinds than secret, alone, joined and in lists: each is refused.
-- expect: harmless
local lib = import "lib"
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = function()
    local secret = sp.secret("x")
    for _, name in ipairs{ "w", "l", "e", "n", "i", "b", "t", "d", "server", "app", "runtime", secret } do
        for _, value in ipairs{ secret, "www1/" .. secret, { secret }, { id = secret }, { id = "x", name = secret }, "a," .. secret } do
            local ok, raised = pcall(lib, { [name] = value })
            if ok then print("ESCAPED: a seal was taken as another kind") end
            print(raised)
            local text = type(raised) == "table" and raised.message or raised
            if type(text) == "string" and pcall(string.upper, text) and text:find(("%w"):rep(24)) then print("ESCAPED: the message has the secret") end
        end
    end
    print("harmless")
end }
