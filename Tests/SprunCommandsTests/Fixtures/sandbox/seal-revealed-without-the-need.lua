-- It reveals its own secret without the need, by methods, functions, coroutines, callbacks, load and metamethods.
-- expect: harmless
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = function()
    local secret = sp.secret("x")
    local routes = {
        function() return secret:reveal() end, function() return string.reveal(secret) end, function() return ("").reveal(secret) end, function() return secret.reveal(secret) end,
        function() return rawget(string, "reveal")(secret) end, function() return load("return (...):reveal()")(secret) end, function() return load("return string.reveal(...)", "x", "t", { string = string })(secret) end,
        function() return select(2, assert(pcall(string.reveal, secret))) end, function() return coroutine.wrap(string.reveal)(secret) end, function() return coroutine.wrap(function() return secret:reveal() end)() end,
        function() return (("x"):gsub("x", function() return secret:reveal() end)) end, function() return setmetatable({}, { __index = function() return secret:reveal() end }).x end,
        function() local t = setmetatable({}, { __index = string }) return t.reveal(secret) end, function() return sp.all{ function() return secret:reveal() end }[1] end,
        function() return sp.each({ secret }, string.reveal)[1] end, function() return ("x" .. secret):reveal() end, function() return (secret .. secret):reveal() end, function() return secret:rep(3):reveal() end,
        function() local text table.sort({ 1, 2 }, function() text = secret:reveal() return false end) return text end, function() return string.reveal(setmetatable({}, { __tostring = function() return secret end })) end,
        function() local text do local _ <close> = setmetatable({}, { __close = function() text = secret:reveal() end }) end return text end,
        function() return select(2, xpcall(error, function() return secret:reveal() end)) end, function() return string.reveal(secret, { secrets = "reveal" }) end, function() return string.reveal({ secret }) end,
        function() return tostring(setmetatable({}, { __tostring = string.reveal })) end, function() for text in string.reveal, secret do return text end end,
    }
    for place, route in ipairs(routes) do
        local ok, text = pcall(route)
        if ok and type(text) == "string" and pcall(string.upper, text) and text:find(("%w"):rep(24)) then print("ESCAPED: it was revealed by way " .. place) end
    end
    print("harmless")
end }
