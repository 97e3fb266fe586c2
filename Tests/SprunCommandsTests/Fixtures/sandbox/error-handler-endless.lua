-- Loops in the handler of xpcall.
-- expect: limit cpu
xpcall(error, function() while true do end end, "x")
