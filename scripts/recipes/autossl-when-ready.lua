#!/usr/bin/env sprun
return recipe {
    name = "autossl-when-ready",
    version = "1.0.0", sprun = ">=0.1",
    summary = "Waits until AutoSSL is available for an app, then enables it and redirects to HTTPS",
    description = [[
Waits until AutoSSL is available for an app, and enables it. AutoSSL becomes available after DNS points at the server.

The recipe fails if AutoSSL is not available in time (run it again later), or if the app has a custom certificate.]],
    author = "sprun", license = "MIT",
    needs = { update = { "ssl" } },
    limits = { create = 0, delete = 0 },
    params = {
        app = param.app{ required = true, doc = "The app: its name, SERVER/NAME or id." },
        force = param.boolean{
            default = true, doc = "Whether to redirect HTTP to HTTPS; false keeps the current setting.",
        },
        timeout = param.duration{ default = "6h", doc = "The time limit of the wait." },
        every = param.duration{ default = "2m", doc = "The time between two checks." },
    },
    returns = { app = "string", status = "string", forced = "boolean" },
    examples = { "sprun run autossl-when-ready app=acme timeout=6h" },
    run = function(p)
        local deadline = sp.time() + p.timeout

        local app = sp.app(p.app.id)
        while not app.ssl and not (app.autossl and app.autossl.available) do
            if sp.time() + p.every > deadline then
                error(("AutoSSL did not become available for %s in time: does DNS point at the server for %s?"):format(
                    app.name, table.concat(app.domains, ", ")))
            end
            sp.sleep(p.every, { reason = "AutoSSL of " .. app.name, gives_up = deadline })
            app = sp.app(app.id)
        end

        local ssl, status = sp.ensure_ssl({ appid = app.id, auto = true, force = p.force or nil }, { timeout = "30m" })
        return { app = app.name, status = status, forced = ssl.force }
    end,
}
