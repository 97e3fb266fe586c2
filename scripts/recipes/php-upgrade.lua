#!/usr/bin/env sprun
-- Moves every app below a PHP version to a newer runtime.
--
--   sprun run php-upgrade.lua below=php8.1 [to=php8.3] [server=www1] [dry=yes]
--
-- Changing an app restarts PHP-FPM of its runtime for all its neighbours, so there is one change at a time for a
-- server and runtime; different ones go side by side. Versions are compared as numbers: php8.10 is newer than php8.2.

local params = sp.params
local below = assert(params.below, "give the version that is new enough: below=php8.1")
sp.compare_runtimes(below, below) -- complains about what is no runtime, before anything is changed

local only = params.server
local servers = {}
for _, server in ipairs(sp.servers()) do
    servers[server.id] = server
    if only == server.name then only = server.id end
end
assert(not only or servers[only], "there is no server '" .. tostring(params.server) .. "'")

-- The runtime an app of the server moves to, if the server has one that is new enough.
local function target(server)
    local to = params.to or sp.newest_runtime(server)
    if sp.compare_runtimes(to, below) < 0 then
        error("the runtime " .. to .. " is itself below " .. below)
    end
    for _, runtime in ipairs(server.available_runtimes) do
        if runtime == to then return to end
    end
    return nil
end

-- One queue a server and runtime: what is in it goes one after the other.
local queues, skipped = {}, {}
for _, app in ipairs(sp.apps()) do
    local server = servers[app.serverid]
    if (not only or only == server.id) and sp.compare_runtimes(app.runtime, below) < 0 then
        local to = target(server)
        if to then
            local key = server.name .. " " .. app.runtime
            queues[key] = queues[key] or { name = key }
            table.insert(queues[key], { app = app, to = to, server = server })
        else
            sp.warn(server.name .. " does not offer " .. params.to .. ": " .. app.name .. " stays on " .. app.runtime)
            table.insert(skipped, app.name)
        end
    end
end

local list = {}
for _, queue in pairs(queues) do
    table.insert(list, queue)
end

local upgraded = {}
sp.each(list, function(queue)
    for _, job in ipairs(queue) do
        print(("%s: %s  %s -> %s"):format(job.server.name, job.app.name, job.app.runtime, job.to))
        if not params.dry then
            local _, action = sp.update_app(job.app.id, { runtime = job.to })
            sp.wait(action, { timeout = "30m" })
        end
        table.insert(upgraded, job.app.name)
    end
end)

return { upgraded = upgraded, skipped = skipped, dry_run = params.dry ~= nil }
