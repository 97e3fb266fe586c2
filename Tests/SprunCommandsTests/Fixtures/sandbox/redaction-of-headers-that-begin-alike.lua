-- It gives 300 headers with tokens that begin alike, and prints texts that begin like all of them.
-- expect: limit cpu
for i = 1, 300 do
    http.get("https://a.example/", { headers = { Authorization = "Bearer " .. ("t"):rep(1500) .. i }, planned = {} })
end
for _ = 1, 1e9 do print(("t"):rep(100000)) end
