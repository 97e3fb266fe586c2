-- Matches the empty text in 1 MB, again and again.
-- expect: limit cpu
local text = ("x"):rep(1 << 20)
while true do for _ in text:gmatch("") do end end
