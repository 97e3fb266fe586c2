#!/usr/bin/env sprun
return recipe {
    name = "purge-demo-sites",
    version = "1.0.0", sprun = ">=0.1",
    summary = "Deletes the demo sites with a prefix that are older than a duration",
    description = [[
Deletes the system users PREFIX-1, PREFIX-2 and so on, if all their apps are older than a duration. Their apps and
databases are deleted too.

The age of a user is that of its youngest app. The recipe keeps users without apps, and users with an app that is not a
demo site, which may be real work. It logs the users that it keeps.]],
    author = "sprun", license = "MIT",
    needs = {
        delete = { "sysusers", "apps", "dbs" }, -- apps and databases go with their user
    },
    limits = { create = 0, delete = 100 },
    params = {
        server = param.server{ required = true, doc = "The server: its name or id." },
        prefix = param.string{
            default = "demo", min = 1, max = 20, pattern = "^[a-z][a-z0-9-]*$",
            doc = "The prefix of the names of demo sites.",
        },
        older_than = param.duration{ required = true, doc = "Keep sites that are younger than this.", example = "7d" },
    },
    returns = { purged = "list", kept = "list" },
    examples = { "sprun run purge-demo-sites server=www1 prefix=demo older_than=7d" },
    run = function(p)
        local born_before = sp.time() - p.older_than

        -- Compare as plain text: a dash in the prefix has another meaning in a pattern.
        local beginning = p.prefix .. "-"
        local function is_demo(name)
            return name:sub(1, #beginning) == beginning and name:sub(#beginning + 1):find("^%d+$") ~= nil
        end

        local apps_of = {}
        for _, app in ipairs(sp.apps{ serverid = p.server.id }) do
            apps_of[app.sysuserid] = apps_of[app.sysuserid] or {}
            table.insert(apps_of[app.sysuserid], app)
        end

        local function reason_to_keep(user)
            local apps = apps_of[user.id]
            if not apps then
                return "it has no app, so its age is unknown"
            end
            for _, app in ipairs(apps) do
                if not is_demo(app.name) then
                    return "its app " .. app.name .. " is not a demo site"
                elseif app.datecreated >= born_before then
                    return "its app " .. app.name .. " is too young"
                end
            end
        end

        local purged, kept, actions = {}, {}, {}
        for _, user in ipairs(sp.sysusers{ serverid = p.server.id }) do
            if is_demo(user.name) then
                local reason = reason_to_keep(user)
                if reason then
                    sp.log(user.name .. " is kept: " .. reason)
                    table.insert(kept, user.name)
                else
                    -- Accepts that someone else has deleted the user meanwhile.
                    local _, action = sp.ensure_absent_sysuser({ id = user.id }, { wait = false })
                    actions[#actions + 1] = action
                    table.insert(purged, user.name)
                end
            end
        end
        sp.wait(actions, { timeout = "1h" })

        return { purged = purged, kept = kept }
    end,
}
