-- The examples of the reference: a line with three dashes and a name begins an example. A test runs each of them on
-- the simulated account. Those of `param` are declarations inside of `params`.

--- sp.servers
for _, server in ipairs(sp.servers()) do
    print(server.name, server.plan)
end

--- sp.create_server
local server, action = sp.create_server{ name = "www7", plan = "business" }
print(server.id)

--- sp.server
local found = sp.find_server{ name = "www1" }
print(sp.server(found.id).lastaddress)

--- sp.update_server
local server = sp.find_server{ name = "www1" }
local changed, action = sp.update_server(server.id, { firewall = true, autoupdates = true })
sp.wait(action)

--- sp.delete_server
local server = sp.create_server{ name = "www7" }
sp.delete_server(server.id)

--- sp.sshkeys
for _, key in ipairs(sp.sshkeys()) do
    print(key.name, key.sha256_fingerprint)
end

--- sp.create_sshkey
local key = sp.create_sshkey{
    name = "laptop",
    public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f",
}
print(key.id)

--- sp.sshkey
local key = sp.ensure_sshkey{
    name = "laptop",
    public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f",
}
for _, user in ipairs(sp.sshkey(key.id).sysusers) do
    print(user.name)
end

--- sp.rename_sshkey
local key = sp.ensure_sshkey{
    name = "laptop",
    public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f",
}
sp.rename_sshkey(key.id, "old laptop")

--- sp.delete_sshkey
local key = sp.ensure_sshkey{
    name = "laptop",
    public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f",
}
sp.delete_sshkey(key.id)

--- sp.sysusers
local server = sp.find_server{ name = "www1" }
for _, user in ipairs(sp.sysusers{ serverid = server.id }) do
    print(user.name)
end

--- sp.create_sysuser
local server = sp.find_server{ name = "www1" }
local user, action = sp.create_sysuser{
    serverid = server.id, name = "acme", password = sp.secret("acme"),
}
sp.wait(action)

--- sp.sysuser
local app = sp.find_app{ name = "olivepress" }
print(sp.sysuser(app.sysuserid).name)

--- sp.update_sysuser
local user = sp.find_sysuser{ name = "olive" }
local _, action = sp.update_sysuser(user.id, { password = sp.secret("olive") })
sp.wait(action)

--- sp.delete_sysuser
local server = sp.find_server{ name = "www1" }
local user = sp.ensure_sysuser{ serverid = server.id, name = "acme" }
sp.wait(sp.delete_sysuser(user.id))

--- sp.sysuser_sshkeys
local user = sp.find_sysuser{ name = "olive" }
for _, key in ipairs(sp.sysuser_sshkeys(user.id)) do
    print(key.name)
end

--- sp.add_sysuser_sshkey
local key = sp.ensure_sshkey{
    name = "laptop",
    public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f",
}
local user = sp.find_sysuser{ name = "olive" }
local _, action = sp.add_sysuser_sshkey(user.id, key.id)
sp.wait(action)

--- sp.remove_sysuser_sshkey
local key = sp.ensure_sshkey{
    name = "laptop",
    public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f",
}
local user = sp.find_sysuser{ name = "olive" }
sp.ensure_sysuser_sshkey(user.id, key.id)
sp.remove_sysuser_sshkey(user.id, key.id)

--- sp.apps
for _, app in ipairs(sp.apps{ runtime = "php7.4" }) do
    print(app.name, table.concat(app.domains, " "))
end

--- sp.create_app
local user = sp.find_sysuser{ name = "olive" }
local server = sp.server(user.serverid)
local app, action = sp.create_app{
    name = "shop", sysuserid = user.id, runtime = sp.newest_runtime(server),
    domains = { "shop.example", "www.shop.example" },
}
sp.wait(action)

--- sp.app
local found = sp.find_app{ name = "olivepress" }
local app = sp.app(found.id)
print(app.autossl and app.autossl.available)

--- sp.update_app
local app = sp.find_app{ name = "oliveoil" }
local changed, action = sp.update_app(app.id, { runtime = "php8.3" })
sp.wait(action)

--- sp.delete_app
local app = sp.find_app{ name = "oliveoil" }
sp.wait(sp.delete_app(app.id))

--- sp.add_ssl
local app = sp.find_app{ name = "olivepress" }
local certificate = { key = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", cert = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n" }
local _, action = sp.add_ssl(app.id, certificate)
sp.wait(action)

--- sp.enable_autossl
local app = sp.app(sp.find_app{ name = "olivepress" }.id)
if app.autossl and app.autossl.available then
    local _, action = sp.enable_autossl(app.id)
    sp.wait(action)
end

--- sp.force_ssl
local app = sp.find_app{ name = "olivepress" }
local certificate = { key = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", cert = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n" }
sp.add_ssl(app.id, certificate)
local _, action = sp.force_ssl(app.id, true)
sp.wait(action)

--- sp.delete_ssl
local app = sp.find_app{ name = "olivepress" }
local certificate = { key = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", cert = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n" }
sp.add_ssl(app.id, certificate)
sp.wait(sp.delete_ssl(app.id))

--- sp.dbs
for _, db in ipairs(sp.dbs()) do
    print(db.name, db.user.name)
end

--- sp.create_db
local app = sp.find_app{ name = "olivepress" }
local db, action = sp.create_db{
    appid = app.id, name = "shop", user = { name = "shop", password = sp.secret("shop") },
}
sp.wait(action)

--- sp.db
local found = sp.find_db{ name = "oliveoil-wp" }
print(sp.db(found.id).user.name)

--- sp.update_db
local db = sp.find_db{ name = "oliveoil-wp" }
local _, action = sp.update_db(db.id, { user = { id = db.user.id, password = sp.secret("db") } })
sp.wait(action)

--- sp.delete_db
local db = sp.find_db{ name = "oliveoil-wp" }
sp.wait(sp.delete_db(db.id))

--- sp.action
local server = sp.find_server{ name = "www1" }
local _, action = sp.create_sysuser{ serverid = server.id, name = "acme" }
print(sp.action(action).status)

--- sp.find_server
local server = sp.find_server{ name = "www1" }
if not server then error("there is no server www1") end
print(server.lastaddress)

--- sp.find_sshkey
local key = sp.find_sshkey{ name = "laptop" }
print(key and key.id or "no such key")

--- sp.find_sysuser
local user = sp.find_sysuser{ name = "olive" }
print(user and user.id or "no such system user")

--- sp.find_app
local app = sp.find_app{ name = "olivepress" }
print(app and app.runtime or "no such app")

--- sp.find_db
local db = sp.find_db{ name = "oliveoil-wp" }
print(db and db.id or "no such database")

--- sp.newest_runtime
local server = sp.find_server{ name = "www1" }
print(sp.newest_runtime(server))

--- sp.compare_runtimes
for _, app in ipairs(sp.apps()) do
    if sp.compare_runtimes(app.runtime, "php8.1") < 0 then
        sp.log(app.name .. " is older than php8.1")
    end
end

--- sp.ensure_server
local server, status = sp.ensure_server{ name = "www1", firewall = true }
print(server.name, status)

--- sp.ensure_sshkey
local key, status = sp.ensure_sshkey{
    name = "laptop",
    public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f",
}
print(key.name, status)

--- sp.ensure_sysuser
local server = sp.find_server{ name = "www1" }
local user, status = sp.ensure_sysuser{ serverid = server.id, name = "acme" }
print(user.name, status)

--- sp.ensure_app
local user = sp.find_sysuser{ name = "olive" }
local app, status = sp.ensure_app{
    name = "shop", sysuserid = user.id, runtime = "php8.3", domains = { "shop.example" },
}
print(app.name, status)

--- sp.ensure_db
local app = sp.find_app{ name = "olivepress" }
local db, status = sp.ensure_db{
    appid = app.id, name = "shop", user = { name = "shop", password = sp.secret("shop") },
}
print(db.name, status)

--- sp.ensure_ssl
local app = sp.app(sp.find_app{ name = "olivepress" }.id)
if app.autossl and app.autossl.available then
    sp.ensure_ssl{ appid = app.id, auto = true, force = true }
end

--- sp.ensure_absent_server
local status = sp.ensure_absent_server{ name = "www9" }
print(status)

--- sp.ensure_absent_sshkey
print(sp.ensure_absent_sshkey{
    public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f",
})

--- sp.ensure_absent_sysuser
local server = sp.find_server{ name = "www1" }
print(sp.ensure_absent_sysuser{ serverid = server.id, name = "acme" })

--- sp.ensure_absent_app
local server = sp.find_server{ name = "www1" }
print(sp.ensure_absent_app{ serverid = server.id, name = "shop" })

--- sp.ensure_absent_db
local server = sp.find_server{ name = "www1" }
print(sp.ensure_absent_db{ serverid = server.id, name = "shop" })

--- sp.ensure_absent_ssl
local app = sp.find_app{ name = "olivepress" }
print(sp.ensure_absent_ssl(app.id))

--- sp.ensure_absent_sysuser_sshkey
local key = sp.ensure_sshkey{
    name = "laptop",
    public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f",
}
local user = sp.find_sysuser{ name = "olive" }
print(sp.ensure_absent_sysuser_sshkey(user.id, key.id))

--- sp.connect_server
local server, status = sp.connect_server{
    name = "www7", ssh = { host = "203.0.113.7", user = "root", wait = "5m" },
}
print(server.name, status)

--- sp.wait_connected
local server = sp.find_server{ name = "www1" }
print(sp.wait_connected(server.id, { timeout = "30m" }).lastaddress)

--- sp.cloud_init
local server = sp.create_server{ name = "www7" }
local user_data = sp.cloud_init(server)

--- sp.add_domains
local app = sp.find_app{ name = "oliveoil" }
local changed, status = sp.add_domains(app.id, { "oil.example" })
print(status)

--- sp.remove_domains
local app = sp.find_app{ name = "oliveoil" }
local changed, status = sp.remove_domains(app.id, { "www.olive.example" })
print(status)

--- sp.ensure_sysuser_sshkey
local key = sp.ensure_sshkey{
    name = "laptop",
    public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f",
}
local user = sp.find_sysuser{ name = "olive" }
local keys, status = sp.ensure_sysuser_sshkey(user.id, key.id)
print(#keys, status)

--- sp.wait
local server = sp.find_server{ name = "www1" }
local user, first = sp.create_sysuser{ serverid = server.id, name = "acme" }
local other, second = sp.create_sysuser{ serverid = server.id, name = "shop" }
sp.wait({ first, second }, { timeout = "15m" })

--- sp.sleep
sp.sleep("30s")
sp.sleep("2m", { reason = "AutoSSL of shop", gives_up = sp.time() + 6 * 3600 })

--- sp.all
local servers, apps = table.unpack(sp.all{
    function() return sp.servers() end,
    function() return sp.apps() end,
})
print(#servers, #apps)

--- sp.each
local owners = sp.each(sp.apps(), function(app)
    return sp.sysuser(app.sysuserid).name
end, { limit = 4 })
print(table.concat(owners, " "))

-- One update at a time on each server, 20 servers at once; all failures are reported together.
local function update(app)
    local _, action = sp.update_app(app.id, { runtime = "php8.4" })
    sp.wait(action)
    return app.name
end
local ok, failure = pcall(sp.each, sp.apps{ runtime = "php8.1" }, update, {
    limit = 20, by = function(app) return app.serverid end, collect = true,
})
if not ok then
    for _, e in ipairs(failure.errors) do sp.warn(e.item.name .. ": " .. e.message) end
end

--- sp.log
sp.log("the DNS of acme.example does not point here yet")

--- sp.warn
sp.warn("oliveoil has PHP 7.4, which gets no updates")

--- sp.dump
local text = sp.dump(sp.servers()[1])
assert(text:find('name = "www1"', 1, true))
print(text)

--- sp.time
local started = sp.time()
sp.sleep("90s")
print(sp.time() - started)

--- sp.random
local words = { "red", "green", "blue" }
print(words[sp.random(#words)])

--- sp.secret
local server = sp.find_server{ name = "www1" }
local password = sp.secret("acme", { length = 32 })
sp.ensure_sysuser{ serverid = server.id, name = "acme", password = password }
return { password = password }

--- sp.short_name
print(sp.short_name("shop.a-long-name.example", 16))

--- sp.result
sp.result{ servers = #sp.servers() }

--- sp.object
return { labels = sp.object() }

--- sp.list
return { failed = sp.list() }

--- http.request
local reply = http.request{
    method = "PUT", url = "https://api.example.com/v1/zones/acme", json = { ttl = 300 },
    planned = { status = 200, json = { id = 7 } },
}
print(reply.status, reply.json.id)

--- http.get
local reply = http.get("https://api.example.com/v1/zones", { planned = { json = { zones = {} } } })
print(#reply.json.zones)

--- http.post_json
local reply = http.post_json("https://api.example.com/v1/zones", { name = "acme.example" }, {
    idempotency_key = "acme.example", planned = { status = 201, json = { id = 7 } },
})
print(reply.json.id)

--- ssh.run
local result = ssh.run{
    host = "203.0.113.7", user = "root", script = "uptime", reads = true,
    planned = { stdout = "up 3 days" },
}
print(result.stdout)

--- ssh.copy
local result = ssh.copy{ host = "203.0.113.7", user = "root", content = "hello\n", to = "/etc/motd" }
print(result.changed)

--- dns.addresses
for _, address in ipairs(dns.addresses("acme.example")) do
    print(address)
end

--- param.string
title = param.string{ default = "A new site", max = 60 }

--- param.integer
copies = param.integer{ default = 1, min = 1, max = 10 }

--- param.number
share = param.number{ default = 0.5, min = 0, max = 1 }

--- param.boolean
wordpress = param.boolean{ default = false, doc = "Whether to install WordPress." }

--- param.enum
plan = param.enum{ values = { "economy", "business" }, default = "economy" }

--- param.list
domains = param.list{ of = param.domain{}, max = 10 }

--- param.duration
patience = param.duration{ default = "30m" }

--- param.file
page = param.file{ doc = "The first page of the site." }

--- param.secret
token = param.secret{ doc = "The token of the provider." }

--- param.server
server = param.server{ required = true, doc = "The server: its name or id." }

--- param.sysuser
owner = param.sysuser{ doc = "The system user of the app." }

--- param.app
app = param.app{ required = true, doc = "The app: its name or id." }

--- param.db
database = param.db{ doc = "The database to keep." }

--- param.runtime
runtime = param.runtime{ default = "newest" }

--- param.domain
domain = param.domain{ required = true, example = "acme.example" }

--- recipe
return recipe {
    name = "user", version = "1.0.0", summary = "A system user for a client",
    needs = { create = { "sysusers" } },
    params = {
        server = param.server{ required = true, doc = "The server." },
        name = param.string{ required = true, doc = "The name.", min = 3, max = 32 },
    },
    returns = { id = "string" },
    run = function(p)
        local user = sp.ensure_sysuser{ serverid = p.server.id, name = p.name }
        return { id = user.id }
    end,
}

--- import
local new_site = import "new-site"
local server = sp.find_server{ name = "www1" }
local site = new_site{ server = server, domain = "shop.example" }
print(site.url)
