-- It declares needs by metamethods, which would grow after they were checked.
-- expect: refused "SP0213"
local needs = setmetatable({}, { __index = function(_, key) return { "servers", "sysusers", "apps" } end })
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", needs = needs, run = function()
    needs.create = { "sysusers" }
    sp.create_sysuser{ serverid = sp.servers()[1].id, name = "escaped" }
    print("ESCAPED")
end }
