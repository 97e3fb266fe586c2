-- It makes headers and parameters out of seals while it runs, in each field of them.
-- expect: harmless
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = function()
    local secret = sp.secret("x")
    local function try(f, value)
        local ok, raised = pcall(f, value)
        print(ok, raised)
        local message = type(raised) == "table" and raised.message or ""
        if type(message) == "string" and pcall(string.upper, message) and message:find(("%w"):rep(24)) then print("ESCAPED: the message has the secret") end
    end
    for _, key in ipairs{ "name", "version", "sprun", "summary", "description", "author", "license", secret } do
        try(recipe, { name = "x", version = "1.0.0", summary = "X", [key] = secret, run = print })
    end
    for _, key in ipairs{ "needs", "limits", "params", "returns", "examples", "exports" } do
        for _, value in ipairs{ secret, { secret }, { [secret] = secret }, { http = { secret } }, { create = { secret } }, { secrets = secret }, { create = secret } } do
            try(recipe, { name = "x", version = "1.0.0", summary = "X", [key] = value, run = print })
        end
    end
    for kind, make in pairs(param) do
        for _, key in ipairs{ "default", "doc", "example", "required", "min", "max", "pattern", "values", "of", secret } do
            try(make, { [key] = secret })
            try(make, { [key] = { secret } })
        end
    end
    print("harmless")
end }
