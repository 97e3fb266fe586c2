-- Runs 400,000 instructions without a jump, again and again.
-- expect: limit cpu
local chunk = load(("local _ = 1 "):rep(100) .. ("x = 1 "):rep(100000), "x", "t", {})
while true do chunk() end
