#!/usr/bin/env sprun
return recipe {
    name = "inventory",
    version = "1.0.0", sprun = ">=0.1",
    summary = "Lists everything in the account: as a table, or as JSON for backups and other programs",
    description = [[
Prints a row for each app and for each system user without apps. A row of an app has the number of its databases and
its first domain. The result has everything in the account except certificates and private keys.]],
    author = "sprun", license = "MIT",
    needs = {},
    limits = { create = 0, delete = 0 },
    params = {},
    returns = { servers = "list", sysusers = "list", apps = "list", dbs = "list", sshkeys = "list" },
    examples = {
        "sprun run inventory",
        "sprun run --json inventory",
        "sprun run --result account.json inventory",
    },
    run = function()
        local servers, sysusers, apps, dbs, sshkeys = table.unpack(sp.all{
            function() return sp.servers() end,
            function() return sp.sysusers() end,
            function() return sp.apps() end,
            function() return sp.dbs() end,
            function() return sp.sshkeys() end,
        })

        -- Groups the items of a list by a field. Other values of the field have an empty list.
        local function group(list, field)
            local groups = setmetatable({}, { __index = function() return {} end })
            for _, item in ipairs(list) do
                local key = item[field]
                groups[key] = rawget(groups, key) or {}
                table.insert(groups[key], item)
            end
            return groups
        end

        local users_of_server = group(sysusers, "serverid")
        local apps_of_user = group(apps, "sysuserid")
        local dbs_of_app = group(dbs, "appid")

        local function ssl_of(app)
            if not app.ssl then
                return "-"
            end
            return (app.ssl.auto and "auto" or "custom") .. (app.ssl.force and " forced" or "")
        end

        -- The first domain and the number of further domains; the result has all domains.
        local function short(domains)
            return #domains < 2 and (domains[1] or "") or ("%s +%d"):format(domains[1], #domains - 1)
        end

        local rows = { { "SERVER", "USER", "APP", "RUNTIME", "SSL", "DBS", "DOMAINS" } }
        for _, server in ipairs(servers) do
            for _, user in ipairs(users_of_server[server.id]) do
                local of_user = apps_of_user[user.id]
                for _, app in ipairs(of_user) do
                    table.sort(app.domains)
                    table.insert(rows, {
                        server.name, user.name, app.name, app.runtime, ssl_of(app), tostring(#dbs_of_app[app.id]),
                        short(app.domains),
                    })
                end
                if #of_user == 0 then
                    table.insert(rows, { server.name, user.name, "-", "-", "-", "", "" })
                end
            end
        end

        local widths = {}
        for _, row in ipairs(rows) do
            for column, text in ipairs(row) do
                widths[column] = math.max(widths[column] or 0, #text)
            end
        end
        for _, row in ipairs(rows) do
            local cells = {}
            for column, text in ipairs(row) do
                cells[column] = text .. (" "):rep(widths[column] - #text)
            end
            print((table.concat(cells, "  "):gsub("%s+$", "")))
        end

        for _, app in ipairs(apps) do
            if app.ssl then
                app.ssl = { auto = app.ssl.auto, force = app.ssl.force }
            end
        end
        return { servers = servers, sysusers = sysusers, apps = apps, dbs = dbs, sshkeys = sshkeys }
    end,
}
