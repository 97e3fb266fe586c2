-- Gives records that are none where things of the account are wanted.
-- expect: refused 64 "is named"
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", params = {
    a = param.server{ default = { id = "../sysusers" } }, b = param.app{ default = "www1/../../x" },
    c = param.sysuser{ default = "\27[2J" }, d = param.db{ default = ("/"):rep(60000) }, e = param.runtime{ default = "php999999999999999999999.1" },
}, run = function() print("harmless") end }
