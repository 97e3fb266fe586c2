-- Calls a table whose __call is a table, 300,000 deep.
-- expect: limit cpu
local callable = print
for i = 1, 300000 do callable = setmetatable({}, { __call = callable }) end
callable()
