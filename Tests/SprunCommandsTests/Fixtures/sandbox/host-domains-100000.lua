-- It gives an app 100,000 domains, and takes as many away, without end.
-- expect: limit cpu
local app = sp.apps()[1]
local domains = {}
for i = 1, 100000 do domains[i] = "d" .. i .. ".example" end
for _ = 1, 1e9 do
    pcall(sp.add_domains, app.id, domains)
    pcall(sp.remove_domains, app.id, domains)
end
