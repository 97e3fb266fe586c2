-- Needs 100,000 hosts and folders.
-- expect: refused "needs has more than 100 entries"
local hosts = {}
for i = 1, 100000 do hosts[i] = "host" .. i end
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", needs = { http = hosts, read = hosts }, run = function() print("harmless") end }
