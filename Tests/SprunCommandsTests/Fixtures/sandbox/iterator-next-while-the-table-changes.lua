-- It walks with next over a table whose keys are removed and replaced between the steps.
-- expect: harmless
local all = {}
for i = 1, 200 do all["k" .. i] = i end
local key, steps = nil, 0
repeat
    local ok, following = pcall(next, all, key)
    if key then all[key] = nil all[key .. "x"] = 1 end
    key, steps = ok and following or nil, steps + 1
until not key or steps > 2000
print("harmless")
