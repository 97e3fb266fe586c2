-- It plans as many system users as a server has, again and again.
-- expect: shown
-- command: plan --simulate
local server = sp.servers()[1]
for i = 1, 2000 do pcall(sp.create_sysuser, { serverid = server.id, name = "user-" .. i }) end
