-- It gives seals as names in results that are none, and reads the errors.
-- expect: harmless
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", returns = { a = "table?" }, run = function()
    local secret = sp.secret("x")
    for _, value in ipairs{ { [secret] = print }, { a = { [secret] = print } }, { a = { secret, print } }, { a = { [secret] = 1, secret } }, { a = { [secret] = { [secret] = 0 / 0 } } } } do
        local ok, raised = pcall(sp.result, value)
        print(ok, raised)
        for _, text in pairs(type(raised) == "table" and raised or {}) do
            if type(text) == "string" and pcall(string.upper, text) and text:find(("%w"):rep(24)) then print("ESCAPED: the message has the secret") end
        end
    end
    sp.result{ a = {} }
    print("harmless")
end }
