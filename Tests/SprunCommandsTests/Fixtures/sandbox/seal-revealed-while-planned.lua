-- It reveals its own secret without the need while its changes are only planned.
-- expect: refused "SP0213"
-- command: plan --simulate
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", needs = { create = { "sysusers" } }, run = function()
    local secret = sp.secret("x")
    sp.create_sysuser{ serverid = sp.find_server{ name = "www1" }.id, name = "someone", password = secret }
    print("ESCAPED: " .. #secret:reveal())
end }
