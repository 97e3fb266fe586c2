-- Counts and walks 20 MB of letters, again and again.
-- expect: limit cpu
local text = ("\u{20ac}"):rep(7 << 20)
while true do utf8.len(text) end
