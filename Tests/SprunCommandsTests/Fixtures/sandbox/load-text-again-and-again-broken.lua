-- Loads a large text that ends in an error again and again, and keeps nothing.
-- expect: limit cpu
-- finding: the clock is looked at after 1,000 instructions only, however long each takes
local text = (" "):rep(20 << 20) .. "="
while true do load(text) end
