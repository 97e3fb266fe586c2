-- It looks for the metatable that errors of the host share, to change what all of them say.
-- expect: refused "find_server"
local _, one = pcall(sp.find_server, { colour = 1 })
assert(type(one) == "table" and not getmetatable(one))
pcall(setmetatable, one, { __tostring = function() return "ESCAPED" end })
pcall(function() one.__tostring = print end)
pcall(function() getmetatable(one).__tostring = print end)
local _, other = pcall(sp.find_server, { colour = 1 })
if tostring(other):find("ESCAPED") then print("ESCAPED: all errors say it") end
error(other)
