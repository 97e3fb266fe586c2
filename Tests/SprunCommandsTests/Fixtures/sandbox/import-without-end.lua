-- Imports what is not there, without end.
-- expect: limit cpu
while true do pcall(import, "nothing") end
