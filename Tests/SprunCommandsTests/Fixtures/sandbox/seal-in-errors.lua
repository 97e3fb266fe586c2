-- It raises seals as errors, in tables, by coroutines, while variables are closed and by the host, and prints them.
-- expect: refused "hostile <redacted>"
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = function()
    local secret = sp.secret("x")
    for _, value in ipairs{ secret, "x" .. secret, { secret }, { [secret] = secret }, { message = secret, code = secret, hint = secret },
        setmetatable({}, { __tostring = function() return secret end }), setmetatable({}, { __name = secret }) } do
        for level = 0, 2 do
            local _, raised = pcall(error, value, level)
            print(raised)
            print(select(2, pcall(sp.all, { function() error(value, level) end })))
            print(select(2, coroutine.resume(coroutine.create(function() error(value, level) end))))
            print(select(2, coroutine.close(coroutine.create(function() local _ <close> = setmetatable({}, { __close = function() error(value) end }) end))))
            print(select(2, xpcall(error, function(e) return tostring(e) .. secret end, value)))
        end
        if type(value) == "table" then value = value.message end
        local ok, text = pcall(string.reveal, tostring(value))
        if ok and text ~= tostring(value) then print("ESCAPED: an error opens") end
    end
    print(select(2, pcall(error, { message = "hostile " .. secret, code = secret, hint = secret, [secret] = secret })))
    error("hostile " .. secret)
end }
