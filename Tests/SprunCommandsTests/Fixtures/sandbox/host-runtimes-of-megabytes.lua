-- It compares runtimes of 200,000 parts, and looks for the newest of 10,000.
-- expect: limit cpu
local all = {}
for i = 1, 10000 do all[i] = "php" .. i .. ".1.2.3.4" end
for i = 1, 1e9 do
    pcall(sp.compare_runtimes, "php" .. ("1."):rep(200000) .. i, "php" .. ("1."):rep(200000))
    pcall(sp.newest_runtime, { available_runtimes = all })
    pcall(sp.newest_runtime, all)
end
