-- Recurses through tostring and pcall.
-- expect: limit cpu
local value
value = setmetatable({}, { __tostring = function()
    pcall(tostring, value)
    pcall(tostring, value)
    return "x"
end })
print(value)
