-- It replaces metatables that say they are protected, by every way that it has.
-- expect: harmless
local protected = setmetatable({}, { __metatable = "no" })
local mine = { __index = function() return "ESCAPED" end }
for _, set in ipairs{ setmetatable, function(t, m) return rawset(getmetatable(t), "__index", m.__index) end,
    function(t, m) return table.move({ m }, 1, 1, 1, getmetatable(t)) end } do pcall(set, protected, mine) end
for _, value in ipairs{ sp, http, "text", _G, sp.null, select(2, pcall(sp.server, "x")) } do
    if type(value) ~= "string" then pcall(setmetatable, value, mine) end
    local found = getmetatable(value)
    if type(found) == "table" then print("ESCAPED: it has the metatable of a " .. type(value)) end
end
if protected.x then print("ESCAPED: it was replaced") end
print("harmless")
