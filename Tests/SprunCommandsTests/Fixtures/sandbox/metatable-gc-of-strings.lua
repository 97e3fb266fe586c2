-- Puts a finalizer into the metatable of strings.
-- expect: harmless
getmetatable("").__gc = function() print("ESCAPED") end
for i = 1, 1e5 do local _ = "x" .. i end
print("harmless")
