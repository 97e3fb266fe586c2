-- Repeats nothing 2^30 times, again and again.
-- expect: limit cpu
-- finding: the clock is looked at after 1,000 instructions only, however long each takes
while true do string.rep("", 1 << 30) end
