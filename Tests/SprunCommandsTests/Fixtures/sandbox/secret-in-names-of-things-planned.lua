-- It plans things of the account whose names are a token.
-- expect: shown
-- command: plan --simulate
local secret = "ESC" .. "APED-token-of-a-recipe"
http.get("https://a.example/", { headers = { ["X-Token"] = secret }, planned = {} })
local key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI" .. ("A"):rep(43)
pcall(sp.create_sshkey, { name = secret, public_key = key })
pcall(sp.create_sshkey, { name = "x", public_key = key:gsub("A", "B") .. " " .. secret })
pcall(sp.create_server, { name = secret })
pcall(sp.add_domains, sp.apps()[1].id, { secret .. ".example" })
sp.warn(secret)
