#!/usr/bin/env sprun
-- Everything in the account: as a table, or as one JSON document for backups and other programs.
--
--   sprun run inventory.lua
--   sprun run --json inventory.lua          (one line of it is the result)
--   sprun run --result account.json inventory.lua

local lists = sp.all{
    function() return sp.servers() end,
    function() return sp.sysusers() end,
    function() return sp.apps() end,
    function() return sp.dbs() end,
    function() return sp.sshkeys() end,
}
local servers, sysusers, apps, dbs, sshkeys = table.unpack(lists)

-- The things of a list by the value of one of their fields.
local function group(list, field)
    local groups = {}
    for _, item in ipairs(list) do
        local key = item[field]
        groups[key] = groups[key] or {}
        table.insert(groups[key], item)
    end
    return groups
end

local users_of_server = group(sysusers, "serverid")
local apps_of_user = group(apps, "sysuserid")
local dbs_of_app = group(dbs, "appid")

local function names(list)
    local result = {}
    for _, item in ipairs(list or {}) do
        table.insert(result, item.name)
    end
    table.sort(result)
    return result
end

-- One row an app, and one for each server or user without any.
local rows = { { "SERVER", "USER", "APP", "RUNTIME", "SSL", "DOMAINS", "DATABASES" } }

local function ssl_of(app)
    if not app.ssl then return "-" end
    return (app.ssl.auto and "auto" or "custom") .. (app.ssl.force and " forced" or "")
end

for _, server in ipairs(servers) do
    for _, user in ipairs(users_of_server[server.id] or {}) do
        local of_user = apps_of_user[user.id] or {}
        for _, app in ipairs(of_user) do
            table.sort(app.domains)
            table.insert(rows, {
                server.name, user.name, app.name, app.runtime, ssl_of(app),
                table.concat(app.domains, " "), table.concat(names(dbs_of_app[app.id]), " "),
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

-- Certificates are large and of no use to a reader of the list.
for _, app in ipairs(apps) do
    if app.ssl then
        app.ssl = { auto = app.ssl.auto, force = app.ssl.force }
    end
end

sp.result{ servers = servers, sysusers = sysusers, apps = apps, dbs = dbs, sshkeys = sshkeys }
