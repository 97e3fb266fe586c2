#!/usr/bin/env sprun
return recipe {
    name = "ssh-key-fanout",
    version = "1.0.0", sprun = ">=0.1",
    summary = "Adds an SSH key to every chosen system user",
    description = [[
Adds a public SSH key to the account, and to system users: all users, those of a server, or those that you name.

If the account already has the key, the recipe renames it. It skips the users named serverpilot unless you name them:
whoever logs in as serverpilot can reach ServerPilot's own files.]],
    author = "sprun", license = "MIT",
    needs = {
        create = { "sshkeys", "keys" },
        update = { "sshkeys" },
    },
    limits = { create = 1000, delete = 0 },
    params = {
        key = param.file{
            required = true, doc = "The file with the public key, as in authorized_keys.", example = "id_ed25519.pub",
        },
        name = param.string{ required = true, min = 1, max = 50, doc = "The name of the key.", example = "joe" },
        server = param.server{ doc = "Only users of this server; of all servers by default." },
        users = param.list{
            of = param.string{}, doc = "Only users with these names; all users by default.", example = "acme,olive",
        },
    },
    returns = { key = "string", fingerprint = "string", added = "list", unchanged = "list" },
    examples = {
        "sprun run ssh-key-fanout key=id_ed25519.pub name=joe server=www1",
        "sprun run ssh-key-fanout key=id_ed25519.pub name=joe users=acme,olive",
    },
    run = function(p)
        local public_key = p.key:match("^%s*(.-)%s*$")

        local chosen = {}
        for _, name in ipairs(p.users or {}) do
            chosen[name] = true
        end

        local users, found = {}, {}
        for _, user in ipairs(sp.sysusers(p.server and { serverid = p.server.id })) do
            local wanted = chosen[user.name]
            if not p.users then
                wanted = user.name ~= "serverpilot"
            end
            if wanted then
                table.insert(users, user)
                found[user.name] = true
            end
        end
        for _, name in ipairs(p.users or {}) do
            if not found[name] then
                error(("no system user is named %s%s"):format(name, p.server and " on " .. p.server.name or ""))
            end
        end

        local key = sp.ensure_sshkey{ name = p.name, public_key = public_key }

        local name_of = {}
        for _, server in ipairs(sp.servers()) do
            name_of[server.id] = server.name
        end
        local places = { updated = {}, unchanged = {} }
        sp.each(users, function(user)
            local _, status = sp.ensure_sysuser_sshkey(user.id, key.id)
            table.insert(places[status], name_of[user.serverid] .. "/" .. user.name)
        end, { limit = 8 })
        table.sort(places.updated)
        table.sort(places.unchanged)

        return {
            key = key.id, fingerprint = key.sha256_fingerprint,
            added = places.updated, unchanged = places.unchanged,
        }
    end,
}
