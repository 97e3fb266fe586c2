#!/usr/bin/env sprun
return recipe {
    name = "map-domain",
    version = "1.0.0", sprun = ">=0.1",
    summary = "Adds domains to an app, or removes them, and keeps all others",
    description = [[
Adds domains to an app or removes them, for example for the sites of a WordPress multisite.

ServerPilot accepts only whole lists. The recipe reads the list right before the request and checks it afterwards, so it
keeps domains that someone else adds meanwhile. It refuses a domain of another app on the same server.]],
    author = "sprun", license = "MIT",
    needs = { update = { "apps" } },
    limits = { create = 0, delete = 0 },
    params = {
        app = param.app{ required = true, doc = "The app: its name, SERVER/NAME or id." },
        domains = param.list{
            of = param.domain{}, required = true, doc = "The domains.", example = "acme.example,www.acme.example",
        },
        action = param.enum{ values = { "add", "remove" }, default = "add", doc = "Add or remove the domains." },
    },
    returns = { app = "string", domains = "list", status = "string" },
    examples = {
        "sprun run map-domain app=acme domains=acme.example,www.acme.example",
        "sprun run map-domain app=www1/acme action=remove domains=old.acme.example",
    },
    run = function(p)
        local app, status
        if p.action == "remove" then
            app, status = sp.remove_domains(p.app.id, p.domains)
        else
            local owner_of = {}
            for _, other in ipairs(sp.apps{ serverid = p.app.serverid }) do
                for _, domain in ipairs(other.domains) do
                    owner_of[domain:lower()] = other
                end
            end
            for _, domain in ipairs(p.domains) do
                local owner = owner_of[domain]
                if owner and owner.id ~= p.app.id then
                    error(("%s belongs to the app %s: remove it there first"):format(domain, owner.name))
                end
            end
            app, status = sp.add_domains(p.app.id, p.domains)
        end
        table.sort(app.domains)
        return { app = app.name, domains = app.domains, status = status }
    end,
}
