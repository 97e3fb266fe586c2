-- Asks for the metatable of strings, to give it a finalizer.
-- expect: harmless
assert(getmetatable("") == false, "ESCAPED: strings have a metatable for scripts")
assert(not pcall(function() getmetatable("").__gc = print end))
assert(not pcall(setmetatable, "", { __gc = print }))
for i = 1, 1e5 do local _ = "x" .. i end
print("harmless")
