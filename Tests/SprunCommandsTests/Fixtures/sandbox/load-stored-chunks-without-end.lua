-- Loads chunk after chunk and keeps them all; at the end of memory load only says so, and the loop goes on.
-- expect: limit cpu
local chunks, text = {}, ("x"):rep(20000)
for i = 1, 1e9 do chunks[i] = load("return function() return '" .. text .. i .. "' end") end
