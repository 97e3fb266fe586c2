-- Gives bytecode to load in pieces, the first of them a single byte.
-- expect: refused "attempt to load a binary chunk"
local pieces, place = { "\27", "Lua", "T\0\x19\x93\r\n" }, 0
assert(load(function()
    place = place + 1
    return pieces[place]
end))
print("ESCAPED")
