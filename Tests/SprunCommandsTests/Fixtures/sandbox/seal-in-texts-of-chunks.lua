-- It loads chunks that have a seal as text, name, number, label, comment and error, to learn it from what Lua says.
-- expect: harmless
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = function()
    local secret = sp.secret("x")
    for _, text in ipairs{ "return '" .. secret .. "'", "return [[" .. secret .. "]]", "return " .. secret, "--" .. secret, "--" .. secret .. "\nreturn 1",
        "goto " .. secret, "::" .. secret .. "::", "return 0x" .. secret, "return '\\" .. secret .. "'", "return '" .. secret, "return {" .. secret .. " = 1}",
        "local t = { ['" .. secret .. "'] = 1 } return t.x.y", "return ('" .. secret .. "'):upper()", "return #'" .. secret .. "'", "error('" .. secret .. "')",
        secret, "return '" .. ("p"):rep(60) .. secret .. "\n'", "x = '" .. secret .. "' .. {}", "return ('" .. secret .. "'):reveal()" } do
        local chunk, message = load(text)
        print(message)
        local done, found = pcall(chunk or error, message)
        print(found)
        if done and type(found) == "string" and found ~= secret and found:reveal() ~= found then print("ESCAPED: it was revealed") end
    end
    local place, parts = 0, { "return '", secret, "'" }
    local pieces = load(function() place = place + 1 return parts[place] end)
    if pieces() ~= secret then print("ESCAPED: a seal has changed") end
    print("harmless")
end }
