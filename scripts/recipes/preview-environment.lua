#!/usr/bin/env sprun
local new_site = import "new-site"

return recipe {
    name = "preview-environment",
    version = "1.1.0", sprun = ">=0.1",
    summary = "Creates a site for a pull request, and deletes it when the pull request is closed",
    description = [[
Creates or deletes the site of a pull request: PROJECT-pr-NUMBER, at PROJECT-pr-NUMBER.DOMAIN.

Each preview has its own system user, so deleting it leaves nothing behind. Point *.DOMAIN at the server once, and every
preview has an address. You can repeat both actions: create keeps an existing preview, and delete accepts that a preview
does not exist.]],
    author = "sprun", license = "MIT",
    needs = {
        create = { "sysusers", "apps", "dbs" },
        update = { "apps", "ssl" },
        delete = { "sysusers", "apps", "dbs" }, -- apps and databases go with their user
    },
    limits = { create = 3, delete = 1 },
    params = {
        action = param.enum{ values = { "create", "delete" }, required = true, doc = "Create or delete it." },
        server = param.server{ required = true, doc = "The server: its name or id." },
        project = param.string{
            required = true, min = 1, max = 16, pattern = "^[a-z][a-z0-9-]*$",
            doc = "The project's short name.", example = "shop",
        },
        number = param.integer{ required = true, min = 1, max = 9999999, doc = "The pull request's number." },
        domain = param.domain{
            required = true, doc = "The parent domain of the previews.", example = "preview.acme.example",
        },
        runtime = param.runtime{ default = "newest", server = "server", doc = "The PHP runtime of a new preview." },
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
                    error(("the app %s of the system user %s on %s is not a preview. Nothing was deleted"):format(
                        app.name, name, p.server.name))
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
