-- Asks for the key after keys that are none.
-- expect: harmless
local t = { 1, 2, 3, x = 1, y = 2, [1.5] = 3, [true] = 4, [print] = 5, [{}] = 6 }
for _, key in ipairs{ "z", 0 / 0, {}, math.huge, false, coroutine.create(print), 99, -99, 2.5 } do pcall(next, t, key) end
for key in pairs(t) do
    t[key] = nil
    t[{}] = nil
end
if next(t) ~= nil then print("ESCAPED") end
print("harmless")
