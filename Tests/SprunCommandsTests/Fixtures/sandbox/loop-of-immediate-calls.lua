-- Asks for the time and for random numbers without end.
-- expect: limit cpu
while true do
    sp.time()
    sp.random(10)
end
