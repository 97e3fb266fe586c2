-- Yields in a comparator, a replacement and a reader.
-- expect: harmless
for _, attempt in ipairs{
    function() table.sort({ 3, 2, 1 }, coroutine.yield) end,
    function() string.gsub("x", "x", coroutine.yield) end,
    function() load(coroutine.yield) end,
    function() tostring(setmetatable({}, { __tostring = coroutine.yield })) end,
    function() return #setmetatable({}, { __len = coroutine.yield }), table.unpack(setmetatable({}, { __len = coroutine.yield })) end,
    function() xpcall(error, coroutine.yield) end,
    function() for _ in ipairs(setmetatable({}, { __index = coroutine.yield })) do end end,
} do
    local co = coroutine.create(attempt)
    for _ = 1, 10 do coroutine.resume(co, 1, 2, 3) end
    pcall(coroutine.close, co)
end
print("harmless")
