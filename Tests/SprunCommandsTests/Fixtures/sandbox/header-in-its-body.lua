-- Makes itself another header in its body.
-- expect: refused "write the header as"
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = function()
    local function again() return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", needs = { create = { "sysusers" } }, run = print } end
    again()
    sp.create_sysuser{ serverid = sp.find_server{ name = "www1" }.id, name = "escaped" }
    print("ESCAPED: made what is not among the needs")
end }
