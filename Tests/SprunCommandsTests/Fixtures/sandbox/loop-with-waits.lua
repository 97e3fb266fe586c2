-- Computes for a while, waits, and so on: no slice is long, all together are.
-- expect: limit cpu
-- finding: --max-cpu is that of one slice; all together may have 60 s, however few a slice has
while true do
    for _ = 1, 5000000 do end
    sp.sleep(1)
end
