-- It makes functions of the host the index, the length and the arithmetic of a table.
-- expect: harmless
local members = { "__index", "__newindex", "__len", "__add", "__concat", "__unm", "__call", "__eq", "__lt", "__tostring", "__pairs", "__name",
    "__mode", "__close", "__idiv", "__band", "__shl", "__bnot" }
local count = 0
for _, f in ipairs{ sp.sleep, sp.servers, sp.log, sp.random, http.get, sp.all, sp.secret, coroutine.yield, error } do
    local meta = {}
    for _, name in ipairs(members) do meta[name] = f end
    local made, t = pcall(setmetatable, {}, meta)
    if made then
        for _, use in ipairs{ function() return t.x end, function() t.x = 1 end, function() return #t end, function() return t + t end,
            function() return t .. "x" end, function() return t() end, function() return t == setmetatable({}, meta) end,
            function() return t < t end, function() return tostring(t) end, function() for _ in pairs(t) do break end end,
            function() return t // 1 & 1 << ~t end, function() return ("%s"):format(t) end, function() return table.concat({ t, t }) end } do
            pcall(use)
            count = count + 1
        end
    end
end
print(count > 0 and "harmless")
