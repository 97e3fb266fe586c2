-- A site without waits, for runs that are refused, killed or stopped somewhere in it.
local name, server = sp.params.name, sp.find_server{ name = "www1" }
local user = sp.create_sysuser{ serverid = server.id, name = name, password = sp.secret("user") }
local app = sp.create_app{ name = name, sysuserid = user.id, runtime = "php8.3", domains = { name .. ".example" } }
sp.create_db{ appid = app.id, name = name, user = { name = name, password = sp.secret("db") } }
return { app = app.name, password = sp.secret("db") }
