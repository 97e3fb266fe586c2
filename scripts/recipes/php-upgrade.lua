#!/usr/bin/env sprun
return recipe {
    name = "php-upgrade",
    version = "1.0.0", sprun = ">=0.1",
    summary = "Moves every app below a PHP version to a newer version",
    description = [[
Moves every app below a PHP version to a newer runtime: the runtime that you pass, or the newest of its server.

A change of an app restarts PHP-FPM of its runtime for all apps of the server. So the recipe changes the apps of a
server and runtime one at a time, and different servers and runtimes concurrently. If a server does not have the new
runtime, the recipe skips its apps with a warning.]],
    author = "sprun", license = "MIT",
    needs = { update = { "apps" } },
    limits = { create = 0, delete = 0 },
    params = {
        below = param.runtime{ required = true, doc = "Move apps with an older PHP version.", example = "php8.2" },
        to = param.runtime{ doc = "The new version; by default the newest of each server." },
        server = param.server{ doc = "Only this server; all servers by default." },
    },
    returns = { upgraded = "list", skipped = "list" },
    examples = {
        "sprun plan php-upgrade below=php8.2",
        "sprun run php-upgrade below=php8.2 to=php8.3 server=www1",
    },
    run = function(p)
        if p.to and sp.compare_runtimes(p.to, p.below) < 0 then
            error(("to=%s must not be below %s"):format(p.to, p.below))
        end

        -- The new runtime of the server's apps; nil if the server has no runtime that is new enough.
        local function target(server)
            if not p.to then
                local newest = sp.newest_runtime(server)
                return sp.compare_runtimes(newest, p.below) >= 0 and newest or nil
            end
            for _, runtime in ipairs(server.available_runtimes) do
                if runtime == p.to then
                    return runtime
                end
            end
        end

        local servers = {}
        for _, server in ipairs(p.server and { p.server } or sp.servers()) do
            servers[server.id] = server
        end

        -- One queue for each server and runtime, in the order of the apps.
        local queues, queue_of, skipped = {}, {}, {}
        for _, app in ipairs(sp.apps()) do
            local server = servers[app.serverid]
            if server and sp.compare_runtimes(app.runtime, p.below) < 0 then
                local to = target(server)
                if to then
                    local key = server.name .. " " .. app.runtime
                    if not queue_of[key] then
                        queue_of[key] = { name = key, server = server, to = to, apps = {} }
                        table.insert(queues, queue_of[key])
                    end
                    table.insert(queue_of[key].apps, app)
                else
                    sp.warn(("%s has no %s: %s stays on %s"):format(
                        server.name, p.to or "PHP runtime that is new enough", app.name, app.runtime))
                    table.insert(skipped, server.name .. "/" .. app.name)
                end
            end
        end

        local upgraded = {}
        sp.each(queues, function(queue)
            for _, app in ipairs(queue.apps) do
                local place = queue.server.name .. "/" .. app.name
                print(("%s  %s -> %s"):format(place, app.runtime, queue.to))
                local _, action = sp.update_app(app.id, { runtime = queue.to })
                sp.wait(action, { timeout = "30m" })
                table.insert(upgraded, place)
            end
        end)

        table.sort(upgraded)
        return { upgraded = upgraded, skipped = skipped }
    end,
}
