local name, server = sp.params.name, sp.find_server{ name = "www1" }
local user, made = sp.create_sysuser{ serverid = server.id, name = name }
local _, other = sp.create_app{ name = name, sysuserid = user.id, runtime = "php8.4" }
sp.wait{ made, other, timeout = "30m" }
return { user = user.name }
