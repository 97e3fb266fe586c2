-- Returns tables whose metatables raise.
-- expect: harmless
print("harmless")
return setmetatable({ x = 1 }, { __index = error, __pairs = error, __len = error, __tostring = error, __name = "x" })
