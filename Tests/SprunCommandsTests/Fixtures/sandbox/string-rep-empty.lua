-- Repeats nothing 2^30 times, again and again.
-- expect: limit cpu
while true do string.rep("", 1 << 30) end
