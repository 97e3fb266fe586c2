-- Calls a table whose __call is the table.
-- expect: limit cpu
-- finding: Lua moves all arguments for each __call in one instruction, up to a million of them
local callable = {}
setmetatable(callable, { __call = callable })
callable()
