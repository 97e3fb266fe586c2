-- Calls a table whose __call is the table.
-- expect: limit cpu
local callable = {}
setmetatable(callable, { __call = callable })
callable()
