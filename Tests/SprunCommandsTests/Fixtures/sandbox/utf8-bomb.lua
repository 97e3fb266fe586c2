-- Counts and walks 20 MB of letters, again and again.
-- expect: limit cpu
-- finding: the clock is looked at after 1,000 instructions only, however long each takes
local text = ("\u{20ac}"):rep(7 << 20)
while true do utf8.len(text) end
