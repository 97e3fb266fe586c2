-- It gives seals as names, ids, numbers, filters and words of the functions of sp and dns: each is refused.
-- expect: harmless
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", needs = { create = { "servers", "sysusers", "apps", "dbs", "sshkeys", "keys" },
    update = { "servers", "sysusers", "apps", "dbs", "ssl", "sshkeys" }, delete = { "sysusers", "apps", "dbs" }, dns = true }, run = function()
    local secret = sp.secret("x")
    local function refused(what, f, ...)
        local ok, raised = pcall(f, ...)
        if ok then print("ESCAPED: a seal was taken as " .. what) end
        print(raised)
    end
    local server, user, app = sp.find_server{ name = "www1" }, sp.sysusers()[1], sp.apps()[1]
    for _, word in ipairs{ secret, "x" .. secret, secret .. ".example" } do
        refused("the name of a system user", sp.create_sysuser, { serverid = server.id, name = word, password = secret })
        refused("the id of a server", sp.create_sysuser, { serverid = word, name = "escaped" })
        refused("the name of a field", sp.create_sysuser, { serverid = server.id, name = "escaped", [word] = "x" })
        refused("the id of a system user", sp.update_sysuser, word, { password = secret })
        refused("a runtime", sp.create_app, { name = "escaped", sysuserid = user.id, runtime = word })
        refused("a domain", sp.create_app, { name = "escaped", sysuserid = user.id, runtime = "php8.2", domains = { word } })
        refused("a title", sp.create_app, { name = "escaped", sysuserid = user.id, runtime = "php8.2", wordpress = { site_title = word, admin_user = "x", admin_password = secret, admin_email = "x@a.example" } })
        refused("the id of an app", sp.update_app, word, { runtime = "php8.2" })
        refused("domains", sp.update_app, app.id, { domains = { word } })
        refused("the name of a database", sp.create_db, { appid = app.id, name = word, user = { name = "escaped", password = secret } })
        refused("the name of a database user", sp.create_db, { appid = app.id, name = "escaped", user = { name = word, password = secret } })
        refused("a database user", sp.create_db, { appid = app.id, name = "escaped", user = word })
        refused("a certificate", sp.add_ssl, app.id, { key = secret, cert = word, cacerts = word })
        refused("the name of a server", sp.create_server, { name = word })
        refused("a public key", sp.create_sshkey, { name = "escaped", public_key = word })
        refused("an attached key", sp.add_sysuser_sshkey, word, word)
        refused("a wish", sp.ensure_sysuser, { serverid = server.id, name = "escaped", password = secret, set_password = word })
        refused("a name to be ensured", sp.ensure_app, { name = word, sysuserid = user.id, runtime = "php8.2" })
        refused("the name of a secret", sp.secret, word)
        refused("a length", sp.secret, "y", { length = word })
        refused("a text to be shortened", sp.short_name, word, 8)
        refused("a duration", sp.sleep, word)
        refused("a host to be looked up", dns.addresses, word)
        refused("an action", sp.wait, { word })
        refused("a runtime to be compared", sp.compare_runtimes, word, "php8.2")
        for _, name in ipairs{ "server", "app", "db", "sysuser", "sshkey", "action", "delete_app", "delete_sysuser", "delete_db", "enable_autossl", "cloud_init" } do refused(name, sp[name], word) end
        for _, name in ipairs{ "find_server", "find_app", "servers", "apps", "dbs" } do
            refused("a filter of " .. name, sp[name], { name = word })
            refused("the name of a filter of " .. name, sp[name], { [word] = "x" })
        end
    end
    print("harmless")
end }
