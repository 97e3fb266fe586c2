-- Adds 100,000 domains to an app.
-- expect: refused "SP0"
local app = sp.apps()[1]
local domains = {}
for i = 1, 100000 do domains[i] = "d" .. i .. ".example" end
sp.add_domains(app.id, domains)
