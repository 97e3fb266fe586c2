-- It joins errors of the host with values whose __concat and __tostring fail or do not end.
-- expect: limit cpu
local _, failure = pcall(sp.server, "nothing")
pcall(function() return failure .. setmetatable({}, { __tostring = error }) end)
pcall(function() return setmetatable({}, { __concat = error }) .. failure end)
pcall(function() return failure .. setmetatable({}, { __tostring = function() while true do end end }) end)
print("ESCAPED")
