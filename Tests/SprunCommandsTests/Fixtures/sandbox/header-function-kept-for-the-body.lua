-- Keeps functions of sp from before the header was known.
-- expect: refused "do not include this call"
local create, find = sp.create_sysuser, sp.find_server
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = function()
    create{ serverid = find{ name = "www1" }.id, name = "escaped" }
    print("ESCAPED: made what is not among the needs")
end }
