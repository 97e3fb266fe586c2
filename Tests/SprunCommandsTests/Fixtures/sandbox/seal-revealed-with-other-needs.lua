-- It reveals its own secret with every need but that one.
-- expect: refused "secrets = "reveal""
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", needs = { create = { "servers", "sshkeys", "sysusers", "apps", "dbs", "keys" },
    update = { "servers", "sysusers", "apps", "dbs", "ssl" }, delete = { "servers", "apps" }, dns = true, http = { "secrets.example" }, ssh = true, read = { "/secrets" } }, run = function()
    print("ESCAPED: " .. #sp.secret("x"):reveal())
end }
