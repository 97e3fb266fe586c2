-- Prints 500 MB, piece by piece.
-- expect: limit cpu
-- finding: the clock is looked at after 1,000 instructions only, however long each takes
local text = ("x"):rep(1 << 20)
while true do print(text) end
