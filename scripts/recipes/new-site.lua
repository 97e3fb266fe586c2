#!/usr/bin/env sprun
-- A site for a client: system user, app, database and, once DNS points at the server, AutoSSL.
--
--   sprun run new-site.lua server=www1 domain=acme.example [name=acme] [runtime=php8.4]
--
-- What exists is taken as it is, so running it again changes nothing, and finishes what is missing.

local params = sp.params
local domain = assert(params.domain, "give the site's domain: domain=acme.example"):lower()
local wanted = assert(params.server, "give the server's name or id: server=www1")

local server = sp.find_server{ name = wanted } or sp.find_server{ id = wanted }
assert(server, "there is no server '" .. wanted .. "'")

-- One name for user, app and database: the first part of the domain, unless another is given.
local name = params.name or domain:match("^[^.]+"):gsub("[^a-z0-9-]", "-")
local passwords = {}

local function generated(what)
    passwords[what] = sp.secret(what)
    return passwords[what]
end

local user = sp.find_sysuser{ serverid = server.id, name = name }
if not user then
    local action
    user, action = sp.create_sysuser{ serverid = server.id, name = name, password = generated("user_password") }
    sp.wait(action)
end

local app = sp.find_app{ serverid = server.id, name = name }
if not app then
    local action
    app, action = sp.create_app{
        name = name,
        sysuserid = user.id,
        runtime = params.runtime or sp.newest_runtime(server),
        domains = { domain, "www." .. domain },
    }
    sp.wait(action)
elseif app.sysuserid ~= user.id then
    error("the app '" .. name .. "' on " .. server.name .. " belongs to another user; give another name=")
end

local db = sp.find_db{ serverid = server.id, name = name }
if not db then
    local action
    db, action = sp.create_db{
        appid = app.id,
        name = name,
        user = { name = name:sub(1, 16), password = generated("database_password") },
    }
    sp.wait(action)
elseif db.appid ~= app.id then
    error("the database '" .. name .. "' on " .. server.name .. " belongs to another app; give another name=")
end

local scheme = "http"
local details = sp.app(app.id)
if details.ssl then
    scheme = "https"
elseif details.autossl and details.autossl.available then
    sp.ensure_ssl{ appid = app.id, auto = true, force = true }
    scheme = "https"
else
    sp.log("AutoSSL is not available yet: point " .. domain .. " at " .. (server.lastaddress or server.name)
        .. " and run this again")
end

return {
    url = scheme .. "://" .. domain .. "/",
    server = server.name,
    user = user.name,
    user_password = passwords.user_password,
    app = app.name,
    runtime = app.runtime,
    database = db.name,
    database_user = db.user.name,
    database_password = passwords.database_password,
    web_root = "/srv/users/" .. user.name .. "/apps/" .. app.name .. "/public",
}
