#!/usr/bin/env sprun
return recipe {
    name = "move-apps",
    version = "1.1.0", sprun = ">=0.1",
    summary = "Makes the apps of one server on another: users, apps, domains, databases",
    description = [[
Makes the apps of one server on another, with their system users, domains and databases, so that contents can follow.

The contents are yours to copy: ServerPilot's API reaches neither files nor the data in databases. Certificates are not
moved either; turn AutoSSL on once DNS points at the new server (autossl-when-ready.lua). Users and databases get new
passwords, which the result holds. The old server is left as it is. An app keeps its PHP version where the new server
offers it, and gets the newest one else.]],
    author = "sprun", license = "MIT",
    needs = {
        create = { "sysusers", "apps", "dbs" },
        update = { "apps" },
    },
    limits = { create = 500, delete = 0 },
    params = {
        from = param.server{ required = true, doc = "The server that the apps are on." },
        to = param.server{ required = true, doc = "The server that they are to be on." },
        apps = param.list{
            of = param.string{}, doc = "The names of the apps; all if nothing is said.", example = "acme,olive",
        },
    },
    returns = { apps = "list", passwords = "table", next = "string" },
    examples = {
        "sprun plan move-apps from=www1 to=www4",
        "sprun run --result moved.json move-apps from=www1 to=www4 apps=acme",
    },
    run = function(p)
        if p.from.id == p.to.id then
            error("from and to are the same server")
        end

        local apps = sp.apps{ serverid = p.from.id }
        if p.apps then
            apps = {}
            for i, name in ipairs(p.apps) do
                apps[i] = sp.find_app{ serverid = p.from.id, name = name }
                    or error(("%s has no app %s"):format(p.from.name, name))
            end
        end

        -- Refused before anything is made: a name on the new server that belongs to somebody else's site.
        local function shares_domain(left, right)
            local has = {}
            for _, domain in ipairs(left.domains) do
                has[domain] = true
            end
            for _, domain in ipairs(right.domains) do
                if has[domain] then
                    return true
                end
            end
            return #left.domains == 0 or #right.domains == 0
        end
        local moves, moved_users = {}, {}
        for _, old in ipairs(apps) do
            moves[old.name] = old
            moved_users[sp.sysuser(old.sysuserid).name] = true
        end
        local owner_of = {}
        for _, user in ipairs(sp.sysusers{ serverid = p.to.id }) do
            owner_of[user.id] = user.name
        end
        for _, app in ipairs(sp.apps{ serverid = p.to.id }) do
            local old = moves[app.name]
            if old and not shares_domain(old, app) then
                error(("%s has another site under the name of the app %s (%s): rename or leave out one of them"):format(
                    p.to.name, app.name, table.concat(app.domains, ", ")))
            elseif not old and moved_users[owner_of[app.sysuserid]] and not p.apps then
                error(("%s has a system user %s already, with an app %s that is not on %s: leave its apps out")
                    :format(p.to.name, owner_of[app.sysuserid], app.name, p.from.name))
            end
        end

        local offered = {}
        for _, runtime in ipairs(p.to.available_runtimes) do
            offered[runtime] = true
        end

        -- What is there already keeps its password; what is created gets one, which the result holds.
        local passwords = {}
        local function password(kind, name)
            local what = ("%s %s on %s"):format(kind, name, p.to.name)
            passwords[what] = sp.secret(what)
            return passwords[what]
        end

        local function copy_user(old)
            return sp.find_sysuser{ serverid = p.to.id, name = old.name }
                or sp.ensure_sysuser{ serverid = p.to.id, name = old.name, password = password("user", old.name) }
        end

        local function copy_app(old, user)
            local new = sp.find_app{ sysuserid = user.id, name = old.name }
            if not new then
                local runtime = offered[old.runtime] and old.runtime or sp.newest_runtime(p.to)
                if runtime ~= old.runtime then
                    sp.warn(("%s: %s does not offer %s, so it gets %s"):format(
                        old.name, p.to.name, old.runtime, runtime))
                end
                return sp.ensure_app{ name = old.name, sysuserid = user.id, runtime = runtime, domains = old.domains }
            elseif #old.domains > 0 then
                return sp.add_domains(new.id, old.domains)
            end
            return new
        end

        local function copy_db(old, app)
            return sp.find_db{ appid = app.id, name = old.name }
                or sp.ensure_db{
                    appid = app.id, name = old.name,
                    user = { name = old.user.name, password = password("database", old.name) },
                }
        end

        local moved = {}
        for _, old in ipairs(apps) do
            local app = copy_app(old, copy_user(sp.sysuser(old.sysuserid)))
            for _, db in ipairs(sp.dbs{ appid = old.id }) do
                copy_db(db, app)
            end
            table.insert(moved, { name = app.name, id = app.id, runtime = app.runtime })
        end

        return {
            apps = moved,
            passwords = passwords,
            next = "copy files and data to " .. (p.to.lastaddress or p.to.name)
                .. ", write the new passwords into the apps' configuration, change DNS",
        }
    end,
}
