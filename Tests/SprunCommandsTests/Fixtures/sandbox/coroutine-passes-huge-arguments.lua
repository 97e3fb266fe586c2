-- Resumes with as many arguments as the stack holds, again and again.
-- expect: limit cpu
local values = {}
for i = 1, 200000 do values[i] = i end
local co = coroutine.wrap(function(...) while true do coroutine.yield(...) end end)
while true do pcall(co, table.unpack(values)) end
