#!/usr/bin/env sprun
-- Second-level labels of registries in some countries: acme.co.uk is a bare domain, shop.acme.example is not. This is
-- not the public suffix list; www=true or www=false overrides it.
local REGISTRY_LABELS = {
    ac = true, co = true, com = true, edu = true, gob = true, gov = true, ltd = true, me = true, ne = true, net = true,
    nom = true, ["or"] = true, org = true, web = true,
}

-- Whether a domain is registered directly, and is not a subdomain.
local function is_bare(domain)
    local labels = {}
    for label in domain:gmatch("[^.]+") do
        table.insert(labels, label)
    end
    return #labels == 2 or #labels == 3 and #labels[3] == 2 and REGISTRY_LABELS[labels[2]] == true
end

-- Whether two domains are the same, or one is a subdomain of the other.
local function is_related(left, right)
    local longer, shorter = "." .. left:lower(), "." .. right:lower()
    if #longer < #shorter then
        longer, shorter = shorter, longer
    end
    return longer:sub(-#shorter) == shorter
end

-- Whether an app can be the site of a domain: it has no domains, or a related domain.
local function may_be_of(app, domain)
    for _, other in ipairs(app.domains) do
        if is_related(other, domain) then
            return true
        end
    end
    return #app.domains == 0
end

return recipe {
    name = "new-site",
    version = "1.1.0", sprun = ">=0.1",
    summary = "Creates a site for a client: system user, app, database and AutoSSL; or WordPress",
    description = [[
Creates a system user, an app and a database with the same name, and returns their passwords.

With wordpress=true, it installs WordPress, which brings its own database. Once DNS points at the server, run the recipe
again: it enables AutoSSL and the redirect to HTTPS. It keeps what exists and creates what is missing, so you can run it
as often as you like. Only the run that creates a resource knows its password.

If the name belongs to a site with other domains, the recipe fails before the first change: pass another name.]],
    author = "sprun", license = "MIT",
    needs = {
        create = { "sysusers", "apps", "dbs" },
        update = { "apps", "ssl" },
    },
    limits = { create = 3, delete = 0 },
    params = {
        server = param.server{ required = true, doc = "The server: its name or id." },
        domain = param.domain{ required = true, doc = "The site's domain.", example = "acme.example" },
        www = param.boolean{
            doc = "Whether to add the domain with www. in front; by default only for a bare domain.",
        },
        name = param.string{
            min = 3, max = 30, pattern = "^[a-z][a-z0-9-]*$",
            doc = "The name of user, app and database; by default the first part of the domain.",
        },
        runtime = param.runtime{ default = "newest", server = "server", doc = "The PHP runtime of a new app." },
        wordpress = param.boolean{ default = false, doc = "Whether to install WordPress in a new app." },
        title = param.string{ default = "A new site", doc = "The title of the WordPress site." },
        admin_user = param.string{ default = "admin", doc = "The name of the WordPress administrator." },
        admin_email = param.string{ doc = "The WordPress administrator's email address; required with wordpress." },
    },
    returns = {
        url = "string", server = "string", user = "string", app = "string", runtime = "string", web_root = "string",
        database = "string?", database_user = "string?", admin_user = "string?",
        user_password = "secret?", database_password = "secret?", admin_password = "secret?",
    },
    examples = {
        "sprun run new-site server=www1 domain=acme.example",
        "sprun run new-site server=www1 domain=acme.example wordpress=true title=Acme admin_email=me@acme.example",
    },
    run = function(p)
        local server, domain = p.server, p.domain
        local label = domain:match("^[^.]+")
        local name = p.name or sp.short_name(#label < 3 and domain or label, 30)
        if not name:find("^[a-z]") then
            error(("the name %s of user and app does not begin with a letter: pass name=…"):format(name))
        end
        if p.wordpress and not p.admin_email then
            error("wordpress=true needs the administrator's email address: admin_email=me@" .. domain)
        end

        -- Checked before the first change, so that a taken name leaves nothing half-built.
        local user = sp.find_sysuser{ serverid = server.id, name = name }
        local app = sp.find_app{ serverid = server.id, name = name }
        local db = sp.find_db{ serverid = server.id, name = name }
        if app and app.sysuserid ~= (user and user.id) or db and db.appid ~= (app and app.id) then
            error(("another site on %s already uses the name %s: pass name=…"):format(server.name, name))
        elseif app and not may_be_of(app, domain) then
            error(("the app %s on %s is another site (%s): pass name=…"):format(
                name, server.name, table.concat(app.domains, ", ")))
        end
        for _, other in ipairs(user and not app and sp.apps{ sysuserid = user.id } or {}) do
            if not may_be_of(other, domain) then
                error(("the system user %s on %s has another site, the app %s (%s): pass name=…"):format(
                    name, server.name, other.name, table.concat(other.domains, ", ")))
            end
        end

        -- Generates a password only for a resource that is about to be created; existing ones keep theirs.
        local function password(what)
            return sp.secret(("%s of %s on %s"):format(what, name, server.name))
        end

        local user_password, database_password, admin_password

        if not user then
            user_password = password("user_password")
            user = sp.ensure_sysuser{ serverid = server.id, name = name, password = user_password }
        end

        local has_www = p.www
        if has_www == nil then
            has_www = is_bare(domain)
        end
        local domains = has_www and { domain, "www." .. domain } or { domain }
        if app then
            app = sp.add_domains(app.id, domains)
        else
            local wordpress
            if p.wordpress then
                admin_password = password("admin_password")
                wordpress = {
                    site_title = p.title, admin_user = p.admin_user,
                    admin_password = admin_password, admin_email = p.admin_email,
                }
            end
            app = sp.ensure_app{
                name = name, sysuserid = user.id, runtime = p.runtime, domains = domains, wordpress = wordpress,
            }
        end

        if not db and not p.wordpress then
            database_password = password("database_password")
            db = sp.ensure_db{
                appid = app.id, name = name,
                user = { name = sp.short_name(name, 16), password = database_password },
            }
        end

        local state = sp.app(app.id)
        local has_ssl = state.ssl ~= nil
        if not has_ssl and state.autossl and state.autossl.available then
            sp.ensure_ssl{ appid = app.id, auto = true, force = true }
            has_ssl = true
        end
        if not has_ssl then
            sp.log(("AutoSSL is not available yet: point %s at %s and run this again"):format(
                domain, server.lastaddress or server.name))
        end

        return {
            url = (has_ssl and "https://" or "http://") .. domain .. "/",
            server = server.name,
            user = user.name,
            user_password = user_password,
            app = app.name,
            runtime = app.runtime,
            web_root = "/srv/users/" .. user.name .. "/apps/" .. app.name .. "/public",
            database = db and db.name,
            database_user = db and db.user.name,
            database_password = database_password,
            admin_user = admin_password and p.admin_user,
            admin_password = admin_password,
        }
    end,
}
