-- Shows the globals again and again, with a cycle, odd keys and metatables.
-- expect: limit cpu
local t = setmetatable({ _G }, { __index = error, __len = error, __pairs = error })
t[t] = t
t[print] = coroutine.create(print)
t["\0\n\"\\\xff"] = 0 / 0
while true do sp.dump(t) end
