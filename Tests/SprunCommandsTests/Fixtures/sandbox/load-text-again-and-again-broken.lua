-- Loads a large text that ends in an error again and again, and keeps nothing.
-- expect: limit cpu
local text = (" "):rep(20 << 20) .. "="
while true do load(text) end
