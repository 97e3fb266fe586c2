#!/usr/bin/env sprun
-- The address of the installer, from ServerPilot's guide to its API.
local INSTALLER = "https://download.serverpilot.io/serverpilot-installer"

return recipe {
    name = "connect-server",
    version = "1.1.0", sprun = ">=0.1",
    summary = "Connects a machine to ServerPilot by SSH, or returns what its installer needs",
    description = [[
Finds or creates the record of a server, and runs ServerPilot's installer on the machine that the parameter host names.

With host, the machine is connected when the recipe ends. Without host, the recipe only creates the record. The result
then has the id, the API key, the arguments of the installer, and user_data for cloud-init: a machine with it runs the
installer on its first boot. ServerPilot shows the API key only when it creates the record. For an existing record, the
result has only the id.

The installer needs a fresh Ubuntu, and root or a user that may use sudo without a password. It takes the API key as an
argument, so other users of that machine can see the key while it runs. sprun must trust the machine's host key: it is
among your known hosts, you pass it as host_key, or you pass accept_new=true.]],
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
            required = true, min = 1, max = 255, doc = "The name of the server.", example = "www3",
        },
        host = param.string{ doc = "The machine: its name, its address, or an alias of your SSH configuration." },
        user = param.string{ default = "root", doc = "The user who logs in to the machine." },
        identity = param.string{
            doc = "The file with your private key; by default the keys of your agent and configuration.",
        },
        host_key = param.string{ doc = "The fingerprint of the machine's host key, as ssh-keygen -l shows it." },
        accept_new = param.boolean{ default = false, doc = "Whether to trust an unknown host key." },
        plan = param.enum{
            values = { "economy", "business", "first_class" },
            doc = "The plan; by default economy for a new server, and the current plan for an existing server.",
        },
        installer = param.string{ default = INSTALLER, doc = "The URL of ServerPilot's installer." },
        timeout = param.duration{ default = "30m", doc = "The time limit of installer and connection." },
        replace_unconnected = param.boolean{
            default = false, doc = "Whether to delete and recreate a record that never connected.",
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
            sp.warn(("%s never connected, and ServerPilot shows its API key only once. "
                .. "If you lost the key, delete the record and run this recipe again"):format(server.name))
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
