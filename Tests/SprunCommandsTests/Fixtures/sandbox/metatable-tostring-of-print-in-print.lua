-- It prints from the __tostring of what is being printed, many levels deep.
-- expect: harmless
local depth = 0
local value = setmetatable({}, {})
getmetatable(value).__tostring = function()
    depth = depth + 1
    if depth < 150 then pcall(print, value) end
    return "x"
end
pcall(print, value, value)
print("harmless")
