-- Prints 500 MB, piece by piece.
-- expect: limit cpu
local text = ("x"):rep(1 << 20)
while true do print(text) end
