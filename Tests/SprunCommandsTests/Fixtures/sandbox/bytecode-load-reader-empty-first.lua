-- Lets a reader begin with a piece that is empty, and go on with bytecode.
-- expect: harmless
local place = 0
local chunk = load(function()
    place = place + 1
    return ({ "", "\27LuaT\0\x19\x93\r\n\x1a\n" })[place]
end)
if chunk and pcall(chunk) and place > 1 then print("ESCAPED") end
print("harmless")
