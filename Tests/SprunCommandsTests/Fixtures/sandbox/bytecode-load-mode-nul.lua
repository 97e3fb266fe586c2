-- Hides the mode after a NUL.
-- expect: refused "attempt to load a binary chunk"
assert(load("\27LuaT\0", "x", "t\0b"))
print("ESCAPED")
