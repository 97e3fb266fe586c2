-- Nests pcall in pcall by its arguments, 200,000 deep.
-- expect: refused "attempt to call"
local arguments = {}
for i = 1, 200000 do arguments[i] = pcall end
local can, message = pcall(table.unpack(arguments))
print(can)
local value
value()
