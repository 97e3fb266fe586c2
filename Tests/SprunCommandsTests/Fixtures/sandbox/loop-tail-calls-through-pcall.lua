-- Calls itself through pcall, as a tail call.
-- expect: harmless
local function again() return pcall(again) end
again()
print("harmless")
