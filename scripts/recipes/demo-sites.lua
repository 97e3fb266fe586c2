#!/usr/bin/env sprun
local new_site = import "new-site"

return recipe {
    name = "demo-sites",
    version = "1.1.0", sprun = ">=0.1",
    summary = "Creates many demo sites with the same prefix, plain or WordPress",
    description = [[
Creates the sites PREFIX-1 to PREFIX-COUNT at PREFIX-1.DOMAIN and so on, each with its own system user.

To create more sites, run it again with a larger count. purge-demo-sites deletes old demo sites. ServerPilot bills every
app.]],
    author = "sprun", license = "MIT",
    needs = {
        create = { "sysusers", "apps", "dbs" },
        update = { "apps", "ssl" },
    },
    limits = { create = 300, delete = 0 },
    params = {
        server = param.server{ required = true, doc = "The server: its name or id." },
        prefix = param.string{
            default = "demo", min = 1, max = 20, pattern = "^[a-z][a-z0-9-]*$", doc = "The prefix of all names.",
        },
        count = param.integer{ required = true, min = 1, max = 100, doc = "The number of sites." },
        domain = param.domain{
            required = true, doc = "The parent domain of the demo sites.", example = "demo.acme.example",
        },
        runtime = param.runtime{ default = "newest", server = "server", doc = "The PHP runtime of new sites." },
        wordpress = param.boolean{ default = false, doc = "Whether to install WordPress." },
        admin_email = param.string{ doc = "The WordPress administrator's email address; required with wordpress." },
    },
    returns = { sites = "list" },
    examples = { "sprun run demo-sites server=www1 count=5 domain=demo.acme.example" },
    run = function(p)
        local names = {}
        for i = 1, p.count do
            names[i] = sp.short_name(("%s-%d"):format(p.prefix, i), 30)
        end

        -- Only a few at a time: the server works on its actions one after another anyway.
        local sites = sp.each(names, function(name)
            return new_site{
                server = p.server, domain = name .. "." .. p.domain, www = false, name = name, runtime = p.runtime,
                wordpress = p.wordpress, title = "Demo " .. name, admin_email = p.admin_email,
            }
        end, { limit = 4 })

        return { sites = sites }
    end,
}
