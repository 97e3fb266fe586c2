-- It compares host values with others whose metamethods claim that they are equal.
-- expect: harmless
local claims = { __eq = function() return true end, __lt = function() return true end, __le = function() return true end,
    __call = function() return true end }
local mine = setmetatable({}, claims)
if sp.null == mine and rawequal(sp.null, mine) then print("ESCAPED") end
if sp.list{ mine }[1] ~= nil and rawequal(sp.list{ mine }[1], sp.null) then print("ESCAPED: it is taken for null") end
for _, value in ipairs{ sp.servers()[1], sp.object{}, select(2, pcall(sp.server, 1)) } do
    pcall(function() return value == mine, value < mine, value <= mine, mine .. value, #mine, -mine end)
end
local ok = pcall(sp.result, { x = mine })
assert(ok)
print("harmless")
