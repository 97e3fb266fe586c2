-- It joins, indexes, calls, compares and shows seals through metamethods, and prints what comes of it.
-- expect: harmless
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = function()
    local secret = sp.secret("x")
    local function reads(value)
        if type(value) ~= "string" then return end
        local ok, text = pcall(value.reveal, value)
        if ok and text ~= value then print("ESCAPED: it was revealed") end
        print(value)
    end
    local meta = { __name = secret, __tostring = function() return secret end, __concat = function(a, b) reads(a) reads(b) return secret end,
        __index = function(_, key) reads(key) return secret end, __newindex = function(_, key, value) reads(key) reads(value) end,
        __call = function(_, ...) for _, one in ipairs{ ... } do reads(one) end return ... end, __eq = function() return secret end, __lt = function(a, b) reads(a) reads(b) return true end,
        __len = function() return secret end, __add = function(a, b) reads(a) reads(b) return secret end, __close = function(_, e) reads(e) end }
    local t = setmetatable({}, meta)
    reads(t .. secret) reads(secret .. t) reads(t[secret]) t[secret] = secret reads(t(secret)) reads(tostring(t)) reads(#t) reads(t + secret) reads(secret + t)
    reads(select(2, pcall(function() return secret < {} end))) reads(t < secret) reads(("%s"):format(t))
    reads(select(2, pcall(string.rep, setmetatable({}, { __name = secret })))) reads(select(2, pcall(ipairs))) reads(secret.x) reads(select(2, pcall(function() return secret.x.y end)))
    reads(select(2, pcall(function() return math.floor(setmetatable({}, { __name = secret })) end)))
    pcall(function() local _ <close> = t error(secret) end)
    for key, value in next, { [secret] = secret } do reads(key) reads(value) end
    reads(table.concat({ secret, 1, secret }, t .. secret))
    print("harmless")
end }
