-- It plans requests without end, each of which declares a reply of 1 MB that the plan notes.
-- expect: limit memory
-- command: plan --simulate
for i = 1, 1e9 do
    pcall(http.request, { method = "PUT", url = "https://a.example/" .. i, planned = { body = ("b"):rep(1000000) } })
end
