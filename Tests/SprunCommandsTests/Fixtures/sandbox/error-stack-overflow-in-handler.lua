-- Overflows the stack, and again in the handler.
-- expect: harmless
local function deep() return 1 + deep() end
for _ = 1, 3 do
    if xpcall(deep, function() return deep() end) then print("ESCAPED") end
end
print("harmless")
