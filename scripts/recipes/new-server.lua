#!/usr/bin/env sprun
local providers = {
    digitalocean = import "providers/digitalocean",
    hetzner = import "providers/hetzner",
}
local new_site = import "new-site"

-- A new machine installs packages for a while. ServerPilot's installer cannot run meanwhile.
local UNTIL_BOOTED = "if command -v cloud-init >/dev/null; then cloud-init status --wait >/dev/null 2>&1 || true; fi"
-- In a plan, the address of a machine whose server never connected; reserved for documentation (RFC 5737).
local PLANNED_ADDRESS = "192.0.2.1"

return recipe {
    name = "new-server",
    version = "1.0.0", sprun = ">=0.1",
    summary = "Creates a machine at a provider, connects it to ServerPilot, and creates a user and a site",
    description = [[
Creates a machine at DigitalOcean or Hetzner Cloud, connects it to ServerPilot, adds a user, your SSH key and a site.

The recipe finds an existing machine by its name and tag, so you can run it again. With user or domain, it also creates
a system user with your SSH key. With domain, it also creates a site, as new-site does. The machine costs money until
you remove it: remove-server removes the machine and its record at ServerPilot.

The host key of a new machine is unknown. The recipe trusts it once, and refuses another key from then on. For a machine
that existed before the run, sprun must already trust the host key: it is among your known hosts, you pass it as
host_key, or you pass accept_new=true.

Defaults: at digitalocean region fra1, size s-1vcpu-1gb, image ubuntu-24-04-x64; at hetzner nbg1, cx23, ubuntu-24.04.]],
    author = "sprun", license = "MIT",
    needs = {
        create = { "servers", "sshkeys", "sysusers", "keys", "apps", "dbs" },
        update = { "servers", "apps", "ssl" },
        delete = { "servers" }, -- a record whose API key was lost, as long as it never connected
        http = { "api.digitalocean.com", "api.hetzner.cloud" },
        ssh = true,
    },
    limits = { create = 8, delete = 2 },
    params = {
        provider = param.enum{ values = { "digitalocean", "hetzner" }, required = true, doc = "The provider." },
        token = param.secret{ required = true, doc = "The provider's API token.", example = "@env:HCLOUD_TOKEN" },
        name = param.string{
            required = true, min = 1, max = 50, pattern = "^[a-z][a-z0-9.-]*$",
            doc = "The name of the machine and the server.", example = "www3",
        },
        public_key = param.file{
            required = true, doc = "The file with your public SSH key, for root and for the user.",
            example = "id_ed25519.pub",
        },
        identity = param.string{
            doc = "The file with its private key; by default the keys of your agent and configuration.",
        },
        domain = param.domain{ doc = "The domain of a first site.", example = "acme.example" },
        user = param.string{
            min = 3, max = 30, pattern = "^[a-z][a-z0-9-]*$",
            doc = "The name of the system user and its app; by default the first part of the domain.",
        },
        plan = param.enum{
            values = { "economy", "business", "first_class" }, default = "economy", doc = "The plan at ServerPilot.",
        },
        region = param.string{ doc = "The provider's name of the region.", example = "fra1" },
        size = param.string{ doc = "The provider's name of the machine's size.", example = "s-1vcpu-2gb" },
        image = param.string{ doc = "The image: an Ubuntu that ServerPilot supports.", example = "ubuntu-24-04-x64" },
        tag = param.string{
            default = "sprun", min = 1, max = 63, pattern = "^[a-z0-9][a-z0-9_-]*$",
            doc = "The tag that marks machines of this recipe at the provider.",
        },
        timeout = param.duration{
            default = "15m", doc = "The time limit of booting, and of connecting.", example = "30m",
        },
        host_key = param.string{ doc = "The fingerprint of the machine's host key, as ssh-keygen -l shows it." },
        accept_new = param.boolean{
            default = false, doc = "Whether to trust the host key of a machine that existed before the run.",
        },
        ssh_user = param.string{ default = "root", doc = "The user who logs in: root, or a user with sudo." },
        ssh_port = param.integer{ default = 22, min = 1, max = 65535, doc = "The SSH port." },
        known_hosts = param.string{ doc = "A file of known hosts to use instead of yours." },
        installer = param.string{
            default = "https://download.serverpilot.io/serverpilot-installer",
            doc = "The URL of ServerPilot's installer.",
        },
    },
    returns = {
        provider = "string", machine = "integer", machine_status = "string", address = "string", server = "string",
        user = "string?", user_password = "secret?", url = "string?", app = "string?", web_root = "string?",
        database = "string?", database_user = "string?", database_password = "secret?",
    },
    examples = {
        "sprun run --result www3.json new-server provider=hetzner token=@env:HCLOUD_TOKEN name=www3 "
            .. "public_key=id_ed25519.pub domain=acme.example",
        "sprun run new-server provider=digitalocean token=@token.txt name=www3 public_key=id_ed25519.pub "
            .. "size=s-1vcpu-2gb region=nyc3",
    },
    run = function(p)
        local cloud = providers[p.provider].open{ token = p.token }
        local public_key = p.public_key:match("^%s*(.-)%s*$")

        -- All checks come first: after them, there is a machine that costs money.
        local label = p.domain and p.domain:match("^[^.]+")
        local user_name = p.user or label and sp.short_name(#label < 3 and p.domain or label, 30)
        if user_name and not user_name:find("^[a-z][a-z0-9-][a-z0-9-]+$") then
            error(("%s cannot be the name of a user and an app: pass user=…"):format(user_name))
        elseif not public_key:find("^ssh%-rsa ") and not public_key:find("^ssh%-ed25519 ") then
            error("public_key must be a public key of the type ssh-ed25519 or ssh-rsa")
        end

        local known = sp.find_server{ name = p.name }
        local known_address = known and known.lastconn and known.lastaddress
        local wanted = {
            name = p.name, tag = p.tag, region = p.region, size = p.size, image = p.image, ssh_keys = { public_key },
            planned = known and (known_address or PLANNED_ADDRESS) or nil,
        }
        if known then
            local found = cloud.find(wanted)
            if not found or known_address and cloud.address(found) ~= known_address then
                error(("ServerPilot already has a server %s, but %s has no machine with this name and the tag %s: "
                    .. "choose another name"):format(p.name, p.provider, p.tag))
            end
        end

        local machine, status = cloud.create(wanted)
        sp.log(("%s: %s"):format(cloud.called(machine), status))
        machine = cloud.wait(machine, { timeout = p.timeout })
        local address = cloud.address(machine)
        sp.log(("%s is at %s"):format(cloud.called(machine), address))

        local function connect()
            local shell = {
                host = address, port = p.ssh_port, user = p.ssh_user, identity = p.identity,
                host_key = p.host_key, known_hosts = p.known_hosts,
                accept_new = not p.host_key and (status == "created" or p.accept_new) or nil,
                wait = p.timeout,
            }
            if not known_address then
                local booted = { script = UNTIL_BOOTED, reads = true, timeout = p.timeout, planned = { status = 0 } }
                for field, value in pairs(shell) do
                    booted[field] = value
                end
                ssh.run(booted)
            end
            return sp.connect_server{
                name = p.name, plan = p.plan, ssh = shell, installer = p.installer, timeout = p.timeout,
                -- If the machine existed before, an earlier run created the record and lost its key.
                replace_unconnected = status == "unchanged",
            }
        end
        local connected, server = pcall(connect)
        if not connected then
            sp.warn(cloud.called(machine) .. " exists, but is not connected. Correct the cause and resume the run, or "
                .. "remove the machine: sprun run remove-server")
            error(server, 0)
        end

        local result = {
            provider = p.provider, machine = machine.id, machine_status = status, address = address, server = server.id,
            user = user_name,
        }
        if p.domain then
            local site = new_site{ server = server, domain = p.domain, name = user_name }
            for _, field in ipairs{
                "user_password", "url", "app", "web_root", "database", "database_user", "database_password",
            } do
                result[field] = site[field]
            end
        end
        if user_name then
            -- Find the key by its content, so that an existing key keeps its name.
            local key = sp.find_sshkey{ public_key = public_key }
                or sp.ensure_sshkey{ name = p.name, public_key = public_key }
            local user = sp.find_sysuser{ serverid = server.id, name = user_name }
            if user then
                sp.ensure_sysuser_sshkey(user.id, key.id)
            else
                sp.ensure_sysuser{ serverid = server.id, name = user_name, sshkey_id = key.id }
            end
        end
        return result
    end,
    -- 'sprun undo' deletes what the run created at ServerPilot. This function destroys the machine.
    undo = function(p, done)
        local cloud = providers[p.provider].open{ token = p.token }
        for _, change in ipairs(done) do
            if cloud.creates_machine(change) then
                local machine = cloud.destroy{ name = p.name, tag = p.tag }
                sp.log(("%s: %s"):format(p.name, machine))
                return
            end
        end
    end,
}
