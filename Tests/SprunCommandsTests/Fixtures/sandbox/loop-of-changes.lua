-- Makes system users without end.
-- expect: refused "the maximum"
local server = sp.find_server{ name = "www1" }
for i = 1, 1e9 do sp.create_sysuser{ serverid = server.id, name = "user" .. i } end
