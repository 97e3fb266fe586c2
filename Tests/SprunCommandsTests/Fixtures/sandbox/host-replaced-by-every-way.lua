-- Tries every way to write to the module sp.
-- expect: harmless
local before = sp.log
for _, attempt in ipairs{
    function() sp.log = 1 end,
    function() sp.new = 1 end,
    function() rawset(sp, "log", 1) end,
    function() table.insert(sp, 1) end,
    function() table.move({ 1 }, 1, 1, 1, sp) end,
    function() setmetatable(sp, {}) end,
    function() load("log = 1", "x", "t", sp)() end,
    function() getmetatable(sp).__index = {} end,
    function() local _ENV = sp log = 1 end,
    function() sp[1] = 1 end,
    function() sp[sp] = 1 end,
} do
    if pcall(attempt) then print("ESCAPED") end
end
pcall(table.sort, sp)
pcall(table.remove, sp)
for name in pairs(sp) do pcall(function() sp[name] = nil end) end
local _, contents = pairs(sp)
contents.log = nil
if sp.log ~= before or rawget(sp, "log") or rawlen(sp) ~= 0 or next(sp) then print("ESCAPED") end
print("harmless")
