-- Catches the end of the time with the handler of xpcall, in a loop.
-- expect: limit cpu
while true do xpcall(function() while true do end end, function() while true do end end) end
