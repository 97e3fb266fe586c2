-- Prints without end.
-- expect: limit cpu
while true do print("x") end
