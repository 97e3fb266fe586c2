-- Lets the end of the time end a reader, and goes on.
-- expect: limit cpu
while true do load(function() while true do end end) end
