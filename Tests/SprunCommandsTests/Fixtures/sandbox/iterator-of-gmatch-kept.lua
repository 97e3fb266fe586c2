-- It calls the iterators of gmatch after their end, with arguments, and in each other's loops.
-- expect: harmless
local iterator = ("a b c"):gmatch("%a")
for _ in iterator do for _ in iterator do end end
for _ = 1, 1000 do if iterator("x", {}, print) ~= nil then print("ESCAPED: it found more") end end
local anchored = ("aaa"):gmatch("^a")
local count = 0
for _ in anchored do count = count + 1 end
assert(count <= 3)
for _, start in ipairs{ math.mininteger, math.maxinteger, -4, 0, 5 } do
    for found in ("abc"):gmatch("()", start) do assert(found >= 1 and found <= 4, "ESCAPED") end
end
print("harmless")
