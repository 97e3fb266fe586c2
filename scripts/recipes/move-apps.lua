#!/usr/bin/env sprun
return recipe {
    name = "move-apps",
    version = "1.1.0", sprun = ">=0.1",
    summary = "Creates the apps of a server on another server: users, apps, domains, databases",
    description = [[
Creates the apps of a server on another server, with their system users, domains and databases, without contents.

Copy files and data yourself: ServerPilot's API reaches neither. The recipe does not copy certificates. Enable AutoSSL
once DNS points at the new server (autossl-when-ready). Users and databases get new passwords, which the result has. The
old server does not change. An app keeps its PHP version if the new server has it; otherwise it gets the newest PHP of
the new server.]],
    author = "sprun", license = "MIT",
    needs = {
        create = { "sysusers", "apps", "dbs" },
        update = { "apps" },
    },
    limits = { create = 500, delete = 0 },
    params = {
        from = param.server{ required = true, doc = "The current server of the apps." },
        to = param.server{ required = true, doc = "The new server." },
        apps = param.list{
            of = param.string{}, doc = "The names of the apps; all apps by default.", example = "acme,olive",
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

        -- Checked before the first change: a name on the new server that belongs to another site.
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
                error(("%s already has another site named %s (%s): rename one of them, or omit the app"):format(
                    p.to.name, app.name, table.concat(app.domains, ", ")))
            elseif not old and moved_users[owner_of[app.sysuserid]] and not p.apps then
                error(("%s already has a system user %s, with an app %s that is not on %s: omit its apps")
                    :format(p.to.name, owner_of[app.sysuserid], app.name, p.from.name))
            end
        end

        local offered = {}
        for _, runtime in ipairs(p.to.available_runtimes) do
            offered[runtime] = true
        end

        -- Existing users and databases keep their passwords. The result has the passwords of new ones.
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
                    sp.warn(("%s: %s does not have %s, so the app gets %s"):format(
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
