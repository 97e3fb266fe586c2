-- It empties an error of the host, fills it with other kinds of values, and raises it again.
-- expect: refused "error without a message"
local _, one = pcall(sp.create_app, {})
for key in pairs(one) do one[key] = nil end
pcall(tostring, one)
pcall(function() return one .. one .. {} end)
one.code, one.message, one.status, one.hint = {}, print, one, coroutine.create(print)
pcall(sp.log, one)
for key in pairs(one) do one[key] = nil end
error(one)
