-- It replaces parts of texts by tables with metamethods and functions that wait.
-- expect: harmless
local text = ("ab"):rep(100)
for _, replacement in ipairs{ setmetatable({}, { __index = function() return sp.servers() end }), sp.sleep, sp.secret, coroutine.yield,
    setmetatable({}, { __index = coroutine.wrap(function() while true do coroutine.yield("y") end end) }) } do
    pcall(string.gsub, text, "%a", replacement)
end
local all = text:gsub("a", coroutine.wrap(function(c) while true do c = coroutine.yield(c:upper()) end end))
print(all:sub(1, 2) == "Ab" and "harmless")
