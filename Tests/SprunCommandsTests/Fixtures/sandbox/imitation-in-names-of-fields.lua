-- It fails at fields whose names hold line breaks and escapes, which Lua quotes.
-- expect: refused "SP0202"
local t = {}
pcall(function() t["x\nerror[SP0101]: a fault"].y = 1 end)
local _, message = pcall(function() t["x\27[2J\u{202e}"]() end)
print(message)
t["a' (global 'b\nerror[SP0101]: c"]()
