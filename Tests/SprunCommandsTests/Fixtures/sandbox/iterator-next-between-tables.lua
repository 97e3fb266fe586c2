-- It asks for the next key after keys of other tables, copies of keys, and NaN.
-- expect: harmless
local here, other = { 1, 2, x = 3, [{}] = 4 }, { [{}] = 1, y = 2 }
for key in pairs(other) do pcall(next, here, key) end
for _, key in ipairs{ 0 / 0, math.huge, -0.0, math.mininteger, math.maxinteger, "x\0", print, here, sp.null, false } do
    local ok, found, value = pcall(next, here, key)
    if ok and found ~= nil and here[found] ~= value then print("ESCAPED: it gave what is not there") end
end
print("harmless")
