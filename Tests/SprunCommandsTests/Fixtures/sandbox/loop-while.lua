-- Loops without end.
-- expect: limit cpu
while true do end
