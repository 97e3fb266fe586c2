#!/usr/bin/env sprun
return recipe {
    name = "audit",
    version = "1.0.0", sprun = ">=0.1",
    summary = "Lists apps on old PHP, and domains whose DNS points elsewhere",
    description = [[
Lists the apps below a PHP version, and the domains whose DNS does not point at the server of their app. It changes
nothing.

A domain that points elsewhere may be behind a proxy or CDN: check it before you remove it. The recipe skips wildcards,
which have no address, and servers that never connected.]],
    author = "sprun", license = "MIT",
    needs = { dns = true },
    limits = { create = 0, delete = 0 },
    params = {
        below = param.runtime{ required = true, doc = "List apps with an older PHP version.", example = "php8.2" },
        server = param.server{ doc = "Only this server; all servers by default." },
    },
    returns = { findings = "integer", old_php = "list", elsewhere = "list", unresolved = "list" },
    examples = { "sprun run audit below=php8.2" },
    run = function(p)
        local servers = {}
        for _, server in ipairs(p.server and { p.server } or sp.servers()) do
            servers[server.id] = server
        end

        local old_php, lookups = {}, {}
        for _, app in ipairs(sp.apps()) do
            local server = servers[app.serverid]
            if server and sp.compare_runtimes(app.runtime, p.below) < 0 then
                table.insert(old_php, { server = server.name, app = app.name, runtime = app.runtime })
                print(("%s/%s runs %s"):format(server.name, app.name, app.runtime))
            end
            for _, domain in ipairs(server and server.lastaddress and app.domains or {}) do
                if not domain:find("*", 1, true) then
                    table.insert(lookups, { name = domain, app = app.name, server = server })
                end
            end
        end

        -- One resolver failure is a finding, not the end of the audit.
        local answers = sp.each(lookups, function(lookup)
            local answered, addresses = pcall(dns.addresses, lookup.name)
            return answered and { addresses = addresses } or { problem = tostring(addresses) }
        end, { limit = 8 })

        local elsewhere, unresolved = {}, {}
        for i, lookup in ipairs(lookups) do
            local answer, server = answers[i], lookup.server
            local place = ("%s/%s: %s"):format(server.name, lookup.app, lookup.name)
            if answer.problem then
                table.insert(unresolved, lookup.name)
                print(("%s: the DNS lookup failed: %s"):format(place, answer.problem))
            else
                local found = table.concat(answer.addresses, ", ")
                local points_here = false
                for _, address in ipairs(answer.addresses) do
                    points_here = points_here or address == server.lastaddress
                end
                if not points_here then
                    table.insert(elsewhere, {
                        server = server.name, app = lookup.app, domain = lookup.name, addresses = answer.addresses,
                    })
                    print(("%s points at %s, not at %s"):format(
                        place, found ~= "" and found or "nothing", server.lastaddress))
                end
            end
        end

        return {
            findings = #old_php + #elsewhere + #unresolved,
            old_php = old_php, elsewhere = elsewhere, unresolved = unresolved,
        }
    end,
}
