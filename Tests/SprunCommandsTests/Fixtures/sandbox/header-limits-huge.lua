-- Its limits are as large as numbers are.
-- expect: harmless
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", needs = { create = { "sysusers" } }, limits = { create = math.maxinteger, delete = math.maxinteger },
    run = function()
        sp.create_sysuser{ serverid = sp.find_server{ name = "www1" }.id, name = "one" }
        print("harmless")
    end }
