local part = import "part"
return recipe { name = "lib", version = "1.0.0", summary = "A recipe", params = { s = param.secret{} }, run = function(p)
    local mine = part{ s = p.s }.s
    for _, word in ipairs{ "my", "the", "its" } do
        local guess = "token-of-" .. word .. "-importer"
        if part{ s = guess }.s == mine then print("ESCAPED: it has found the text") end
        local ok, raised = pcall(part, { s = p.s, word = guess })
        if not ok and raised.message:find("is the same text") then print("ESCAPED: it was told the text") end
    end
    return {}
end }
