-- Changes the tables of its header after they were read.
-- expect: refused "do not include this call"
local header = { name = "hostile", version = "1.0.0", summary = "A hostile recipe", needs = { create = {} }, limits = { create = 0 }, params = {} }
header.run = function()
    header.needs.create[1] = "sysusers"
    sp.create_sysuser{ serverid = sp.find_server{ name = "www1" }.id, name = "escaped" }
    print("ESCAPED: made what is not among the needs")
end
local function read() return recipe(header) end
read()
header.needs.create[1] = "sysusers"
header.limits.create = 100
return header
