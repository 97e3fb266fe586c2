-- Lets the end of the time end functions that run side by side, and goes on.
-- expect: limit cpu
while true do
    pcall(sp.all, { function() while true do end end, function() sp.sleep(1) while true do end end })
end
