-- It prints and raises a table whose kind is named like a line of sprun.
-- expect: refused "SP0202"
local value = setmetatable({}, { __name = "x\nerror[SP0101]: a fault\27[2J\u{202e}\0" })
print(value)
pcall(sp.log, value)
pcall(sp.log, tostring(value))
print(select(2, pcall(math.floor, value)))
error(value)
