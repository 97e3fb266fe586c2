#!/usr/bin/env sprun
-- Where ServerPilot's guide to its API says that the installer is.
local INSTALLER = "https://download.serverpilot.io/serverpilot-installer"

return recipe {
    name = "connect-server",
    version = "1.1.0", sprun = ">=0.1",
    summary = "Connects a machine to ServerPilot by SSH, or gives what its installer needs",
    description = [[
Finds the record of a server or creates it, and runs ServerPilot's installer on the machine that host names.

With host, the machine is connected when the recipe has ended. Without it, only the record is made: the result has its
id, its API key, how to run the installer by hand, and user_data, with which a machine that takes cloud-init runs it
at its first start. ServerPilot tells the API key only when it creates the record; for one that exists, only the id is
known.

The installer needs a fresh Ubuntu and root, or a user that may use sudo without a password. Its own interface takes the
API key as an argument, so that other users of that machine can see it while it runs. The machine's host key must be
among your known hosts, or be given as host_key, or be accepted by accept_new=true.]],
    author = "sprun", license = "MIT",
    needs = {
        create = { "servers" },
        update = { "servers" },
        delete = { "servers" }, -- with replace_unconnected=true
        ssh = true,
    },
    limits = { create = 1, delete = 1 },
    params = {
        name = param.string{
            required = true, min = 1, max = 255, doc = "What the server is called.", example = "www3",
        },
        host = param.string{ doc = "The machine: its name, its address, or an alias of your SSH configuration." },
        user = param.string{ default = "root", doc = "Who logs in there." },
        identity = param.string{
            doc = "The file with your private key; what your agent and configuration have if nothing is said.",
        },
        host_key = param.string{ doc = "The fingerprint of its host key, as ssh-keygen -l shows it." },
        accept_new = param.boolean{ default = false, doc = "Whether a host key that nobody knows is accepted." },
        plan = param.enum{
            values = { "economy", "business", "first_class" },
            doc = "Its plan; economy for a new server, and what it has for one that exists, if nothing is said.",
        },
        installer = param.string{ default = INSTALLER, doc = "Where ServerPilot's installer is." },
        timeout = param.duration{ default = "30m", doc = "How long the installer and the connection may take." },
        replace_unconnected = param.boolean{
            default = false, doc = "Whether a record that never connected, whose key is lost, is made anew.",
        },
    },
    returns = {
        id = "string", status = "string", connected = "boolean", address = "string?", apikey = "secret?",
        installer_url = "string?", installer_arguments = "list?", user_data = "secret?",
    },
    examples = {
        "sprun run connect-server name=www3 host=203.0.113.7 identity=id_ed25519",
        "sprun run --result www3.json connect-server name=www3",
    },
    run = function(p)
        if p.host then
            local server, status = sp.connect_server{
                name = p.name, plan = p.plan, installer = p.installer, timeout = p.timeout,
                replace_unconnected = p.replace_unconnected,
                ssh = {
                    host = p.host, user = p.user, identity = p.identity, host_key = p.host_key,
                    accept_new = p.accept_new or nil,
                },
            }
            return { id = server.id, status = status, connected = true, address = server.lastaddress }
        end

        local server, status = sp.ensure_server{ name = p.name, plan = p.plan }
        local connected = server.lastconn ~= nil
        local arguments, user_data
        if server.apikey then
            arguments = { "--server-id=" .. server.id, "--server-apikey=" .. server.apikey }
            user_data = sp.cloud_init(server, { installer = p.installer })
        elseif not connected then
            sp.warn(("%s never connected, and its API key was told only once; "
                .. "where it is lost, delete the record and run this again"):format(server.name))
        end

        return {
            id = server.id,
            status = status,
            connected = connected,
            address = server.lastaddress,
            apikey = server.apikey,
            installer_url = p.installer,
            installer_arguments = arguments,
            user_data = user_data,
        }
    end,
}
