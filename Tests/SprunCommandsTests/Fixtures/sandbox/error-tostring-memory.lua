-- Ends with an error whose __tostring fills the memory.
-- expect: refused "(the error value is a table whose __tostring fails)"
error(setmetatable({}, { __tostring = function()
    local kept = {}
    for i = 1, 1e9 do kept[i] = { i } end
end }))
