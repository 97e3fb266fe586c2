-- Computes for a while, waits, and so on: no slice is long, all together are.
-- expect: limit cpu
while true do
    for _ = 1, 5000000 do end
    sp.sleep(1)
end
