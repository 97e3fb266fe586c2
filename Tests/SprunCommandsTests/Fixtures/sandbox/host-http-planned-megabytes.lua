-- It asks for planned replies of 7 MB, and keeps them all.
-- expect: limit memory
local kept = {}
for i = 1, 1e9 do kept[i] = http.get("https://a.example/" .. i, { planned = { body = ("b"):rep(7 << 20) .. i } }) end
