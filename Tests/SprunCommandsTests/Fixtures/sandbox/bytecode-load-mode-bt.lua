-- Asks load for text and bytecode, and gives it bytecode.
-- expect: refused "attempt to load a binary chunk"
assert(load("\27LuaT\0", "x", "bt"))
print("ESCAPED")
