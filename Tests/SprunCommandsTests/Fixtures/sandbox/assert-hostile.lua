-- Gives assert every type of value.
-- expect: refused "assertion failed!"
for _, message in ipairs{ 1, {}, print, sp.null, setmetatable({}, { __tostring = error }) } do pcall(assert, false, message) end
pcall(assert)
pcall(assert, nil, table.unpack({}, 1, 100000))
assert(false)
