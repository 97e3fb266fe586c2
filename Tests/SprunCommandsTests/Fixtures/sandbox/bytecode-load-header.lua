-- Loads text that begins as bytecode does.
-- expect: refused "attempt to load a binary chunk"
assert(load("\27Lua\x54\0\x19\x93\r\n\x1a\n\x04\x08\x08xV"))
print("ESCAPED")
