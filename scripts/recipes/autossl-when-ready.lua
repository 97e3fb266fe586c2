#!/usr/bin/env sprun
return recipe {
    name = "autossl-when-ready",
    version = "1.0.0", sprun = ">=0.1",
    summary = "Waits until an app can have AutoSSL, then turns it on and redirects to HTTPS",
    description = [[
Waits until AutoSSL is available for an app, which it is some time after DNS points at the server, and turns it on.

It fails when AutoSSL is not available in time; run it again later. An app that has a custom certificate is an error.]],
    author = "sprun", license = "MIT",
    needs = { update = { "ssl" } },
    limits = { create = 0, delete = 0 },
    params = {
        app = param.app{ required = true, doc = "The app: its name, SERVER/NAME or id." },
        force = param.boolean{
            default = true, doc = "Whether to redirect plain HTTP to HTTPS; false leaves that as it is.",
        },
        timeout = param.duration{ default = "6h", doc = "How long to wait at most." },
        every = param.duration{ default = "2m", doc = "The pause between two looks." },
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
