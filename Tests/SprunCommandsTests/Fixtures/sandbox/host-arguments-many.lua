-- Passes 200,000 arguments.
-- expect: refused "SP0"
local many = {}
for i = 1, 240000 do many[i] = i end
pcall(sp.log, table.unpack(many))
sp.app("x", table.unpack(many))
