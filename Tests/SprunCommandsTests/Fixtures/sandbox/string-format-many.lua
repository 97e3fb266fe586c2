-- Formats 100,000 tables at once, whose __tostring format again.
-- expect: limit depth
local values = {}
local value = setmetatable({}, { __tostring = function() return string.format(("%s"):rep(1000), table.unpack(values, 1, 1000)) end })
for i = 1, 100000 do values[i] = "x" end
for i = 1, 100 do values[i] = setmetatable({}, { __tostring = function() return tostring(value) end }) end
print(string.format(("%s"):rep(1000), table.unpack(values, 1, 1000)))
