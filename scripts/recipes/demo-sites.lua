#!/usr/bin/env sprun
local new_site = import "new-site"

return recipe {
    name = "demo-sites",
    version = "1.1.0", sprun = ">=0.1",
    summary = "Many demo sites of one prefix, plain or WordPress",
    description = [[
Makes the sites PREFIX-1 to PREFIX-COUNT at PREFIX-1.DOMAIN and so on, each with a system user of its own.

Run it again with a larger count for more. purge-demo-sites.lua deletes them when they are old. ServerPilot bills every
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
            default = "demo", min = 1, max = 20, pattern = "^[a-z][a-z0-9-]*$", doc = "What all names begin with.",
        },
        count = param.integer{ required = true, min = 1, max = 100, doc = "How many sites there are to be." },
        domain = param.domain{
            required = true, doc = "The domain that demo sites are under.", example = "demo.acme.example",
        },
        runtime = param.runtime{ default = "newest", server = "server", doc = "The PHP of new sites." },
        wordpress = param.boolean{ default = false, doc = "Whether to install WordPress." },
        admin_email = param.string{ doc = "The address of WordPress's administrator, which it asks for." },
    },
    returns = { sites = "list" },
    examples = { "sprun run demo-sites server=www1 count=5 domain=demo.acme.example" },
    run = function(p)
        local names = {}
        for i = 1, p.count do
            names[i] = sp.short_name(("%s-%d"):format(p.prefix, i), 30)
        end

        -- A few side by side: the server does their work one after the other anyway.
        local sites = sp.each(names, function(name)
            return new_site{
                server = p.server, domain = name .. "." .. p.domain, www = false, name = name, runtime = p.runtime,
                wordpress = p.wordpress, title = "Demo " .. name, admin_email = p.admin_email,
            }
        end, { limit = 4 })

        return { sites = sites }
    end,
}
