-- A site with AutoSSL where that is available by then: a plan of it has a branch.
local name, server = sp.params.name, sp.find_server{ name = "www1" }
local user = sp.ensure_sysuser{ serverid = server.id, name = name, password = sp.secret("user") }
local app = sp.ensure_app{ name = name, sysuserid = user.id, runtime = "php8.4", domains = { name .. ".example" } }
local number = sp.random(1000)
local state = sp.app(app.id)
if not state.ssl and state.autossl.available then sp.ensure_ssl{ appid = app.id, auto = true, force = true } end
sp.create_sshkey{ name = name .. number, public_key = "ssh-ed25519 AAAA" .. name }
