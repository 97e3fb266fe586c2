-- Replaces in a text whose only reference the replacement drops.
-- expect: harmless
local text = ("ab"):rep(1000)
local holder = { text .. "c" }
local result = holder[1]:gsub("a", function()
    holder[1] = nil
    for i = 1, 20 do local _ = { ("x"):rep(i * 10) } end
end)
if #result ~= 2001 then print("ESCAPED") end
print("harmless")
