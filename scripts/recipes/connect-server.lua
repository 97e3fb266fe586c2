#!/usr/bin/env sprun
return recipe {
    name = "connect-server",
    version = "1.0.0", sprun = ">=0.1",
    summary = "Creates a server's record, and gives what ServerPilot's installer needs there",
    description = [[
Finds the record of a server or creates it, and gives its id, its API key and how to run the installer on it.

This is the first of two steps. The second is the installer, run as root on a fresh server: download installer_url
there and run it with sh and installer_arguments. sprun does not do that by SSH yet. ServerPilot tells the API key only
when it creates the record; for one that exists, only the id is known.]],
    author = "sprun", license = "MIT",
    needs = {
        create = { "servers" },
        update = { "servers" },
    },
    limits = { create = 1, delete = 0 },
    params = {
        name = param.string{
            required = true, min = 1, max = 255, doc = "What the server is called.", example = "www3",
        },
        plan = param.enum{
            values = { "economy", "business", "first_class" },
            doc = "Its plan; economy for a new server, and what it has for one that exists, if nothing is said.",
        },
    },
    returns = {
        id = "string", status = "string", connected = "boolean", apikey = "secret?",
        installer_url = "string", installer_arguments = "list?",
    },
    examples = { "sprun run --result www3.json connect-server.lua name=www3" },
    run = function(p)
        local server, status = sp.ensure_server{ name = p.name, plan = p.plan }
        local connected = server.lastconn ~= nil

        local arguments
        if server.apikey then
            arguments = { "--server-id=" .. server.id, "--server-apikey=" .. server.apikey }
        elseif not connected then
            sp.warn(("%s never connected, and its API key was told only once; "
                .. "where it is lost, delete the record and run this again"):format(server.name))
        end

        return {
            id = server.id,
            status = status,
            connected = connected,
            apikey = server.apikey,
            installer_url = "https://download.serverpilot.io/serverpilot-installer",
            installer_arguments = arguments,
        }
    end,
}
