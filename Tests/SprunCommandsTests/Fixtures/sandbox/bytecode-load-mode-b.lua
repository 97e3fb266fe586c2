-- Asks load for bytecode alone.
-- expect: refused "only text can be loaded, not bytecode"
load("\27Lua", "x", "b")
print("ESCAPED")
