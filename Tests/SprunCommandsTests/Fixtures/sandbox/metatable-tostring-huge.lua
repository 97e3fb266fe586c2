-- Lets __tostring give 30 MB, and prints it twenty times at once.
-- expect: limit memory
local text = ("x"):rep(30000000)
local value = setmetatable({}, { __tostring = function() return text end })
print(value, value, value, value, value, value, value, value, value, value, value)
