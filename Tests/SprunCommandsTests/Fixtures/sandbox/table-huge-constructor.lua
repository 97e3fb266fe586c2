-- Makes tables of 250,000 elements in one instruction.
-- expect: limit cpu
local function make(...) return { ... } end
while true do make(table.unpack({}, 1, 240000)) end
