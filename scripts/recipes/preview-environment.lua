#!/usr/bin/env sprun
local new_site = import "new-site"

return recipe {
    name = "preview-environment",
    version = "1.1.0", sprun = ">=0.1",
    summary = "A site for a pull request, made when it is opened and deleted when it is closed",
    description = [[
Creates or deletes the site of one pull request: PROJECT-pr-NUMBER, at PROJECT-pr-NUMBER.DOMAIN.

Each preview has a system user of its own, so deleting it leaves nothing behind. Point *.DOMAIN at the server once,
and every preview has an address. Both actions can be repeated: a preview that exists is kept, one that is gone stays
gone.]],
    author = "sprun", license = "MIT",
    needs = {
        create = { "sysusers", "apps", "dbs" },
        update = { "apps", "ssl" },
        delete = { "sysusers", "apps", "dbs" }, -- apps and databases go with their user
    },
    limits = { create = 3, delete = 1 },
    params = {
        action = param.enum{ values = { "create", "delete" }, required = true, doc = "What to do." },
        server = param.server{ required = true, doc = "The server: its name or id." },
        project = param.string{
            required = true, min = 1, max = 16, pattern = "^[a-z][a-z0-9-]*$",
            doc = "The project's short name.", example = "shop",
        },
        number = param.integer{ required = true, min = 1, max = 9999999, doc = "The pull request's number." },
        domain = param.domain{
            required = true, doc = "The domain that previews are under.", example = "preview.acme.example",
        },
        runtime = param.runtime{ default = "newest", server = "server", doc = "The PHP of a new preview." },
    },
    returns = {
        name = "string", status = "string", url = "string?", web_root = "string?",
        user_password = "secret?", database_password = "secret?",
    },
    examples = {
        "sprun run preview-environment action=create server=www1 project=shop number=7 domain=preview.acme.example",
        "sprun run --yes preview-environment action=delete server=www1 project=shop number=7 "
            .. "domain=preview.acme.example",
    },
    run = function(p)
        local name = sp.short_name(("%s-pr-%d"):format(p.project, p.number), 30)

        if p.action == "delete" then
            local user = sp.find_sysuser{ serverid = p.server.id, name = name }
            for _, app in ipairs(user and sp.apps{ sysuserid = user.id } or {}) do
                if app.name ~= name then
                    error(("the system user %s on %s has an app that is no preview, %s: nothing was deleted"):format(
                        name, p.server.name, app.name))
                end
            end
            local status = sp.ensure_absent_sysuser{ serverid = p.server.id, name = name }
            return { name = name, status = status }
        end

        local site = new_site{
            server = p.server, domain = name .. "." .. p.domain, www = false, name = name, runtime = p.runtime,
        }
        return {
            name = name,
            status = "present",
            url = site.url,
            web_root = site.web_root,
            user_password = site.user_password,
            database_password = site.database_password,
        }
    end,
}
