-- Every kind of step that ends well: a looked-up parameter, secrets, coroutines in coroutines, waits, and what returns at
-- once.
return recipe {
    name = "finished", version = "1.0.0", summary = "Every kind of step that ends well.",
    needs = { create = { "sysusers", "apps", "dbs", "sshkeys", "keys" }, update = { "sysusers", "apps" }, delete = { "apps" } },
    params = { server = param.server{ required = true }, name = param.string{ required = true } },
    returns = { app = "string", number = "integer", password = "secret", unused = "secret?" },
    run = function(p)
        sp.log("begun at", sp.time() > 0)
        local user, action = sp.create_sysuser{ serverid = p.server.id, name = p.name, password = sp.secret("user") }
        sp.wait(action)
        local apps = sp.all{
            function() return sp.ensure_app{ name = p.name .. "-a", sysuserid = user.id, runtime = "php8.3" } end,
            function()
                return sp.each({ "b", "c" }, function(letter)
                    sp.sleep("1s")
                    return sp.create_app{ name = p.name .. "-" .. letter, sysuserid = user.id, runtime = "php8.4" }
                end)[1]
            end,
        }
        sp.create_db{ appid = apps[1].id, name = p.name, user = { name = p.name, password = sp.secret("db") } }
        local key = sp.create_sshkey{ name = p.name, public_key = "ssh-ed25519 AAAA" .. p.name }
        sp.add_sysuser_sshkey(user.id, key.id)
        sp.update_app(apps[1].id, { runtime = "php8.4" })
        local is_made, failure = pcall(sp.create_app, { name = p.name .. "-a", sysuserid = user.id, runtime = "php8.4" })
        assert(not is_made and failure.code == "conflict")
        assert(not pcall(sp.app, "AAAAAAAAAAAAAAAA"))
        sp.wait(sp.delete_app(apps[2].id))
        return { app = apps[1].name, number = sp.random(6), password = sp.secret("db"), unused = sp.secret("unused") }
    end,
}
