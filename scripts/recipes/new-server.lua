#!/usr/bin/env sprun
local providers = {
    digitalocean = import "providers/digitalocean",
    hetzner = import "providers/hetzner",
}
local new_site = import "new-site"

-- A machine that is new installs packages for a while, and ServerPilot's installer cannot meanwhile.
local UNTIL_BOOTED = "if command -v cloud-init >/dev/null; then cloud-init status --wait >/dev/null 2>&1 || true; fi"
-- What a plan takes for the address of a machine whose server never connected; it is nobody's (RFC 5737).
local PLANNED_ADDRESS = "192.0.2.1"

return recipe {
    name = "new-server",
    version = "1.0.0", sprun = ">=0.1",
    summary = "A machine at a provider, connected to ServerPilot, with a first user and a first site",
    description = [[
Makes a machine at DigitalOcean or Hetzner Cloud, connects it to ServerPilot, sets up a user, your SSH key and a site.

The machine is known by its name and its tag: run again, or resumed, the recipe goes on with what is there. With a user
or a domain it also makes a system user with your SSH key, and with a domain a site as new-site does. The machine costs
money until it is removed: remove-server.lua removes it, and its record at ServerPilot.

A machine that this run has just made has a host key that nobody can know yet: it is accepted once, and from then on
it must stay the same. The key of a machine that was there before must be among your known hosts, or be given as
host_key, or be accepted by accept_new=true.

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
        provider = param.enum{ values = { "digitalocean", "hetzner" }, required = true, doc = "Who has the machine." },
        token = param.secret{ required = true, doc = "The provider's API token.", example = "@env:HCLOUD_TOKEN" },
        name = param.string{
            required = true, min = 1, max = 50, pattern = "^[a-z][a-z0-9.-]*$",
            doc = "What the machine and the server are called.", example = "www3",
        },
        public_key = param.file{
            required = true, doc = "The file with your public SSH key: for root, and for the user.",
            example = "id_ed25519.pub",
        },
        identity = param.string{
            doc = "The file with the private key to it; what your agent and configuration have if nothing is said.",
        },
        domain = param.domain{ doc = "The domain of a first site.", example = "acme.example" },
        user = param.string{
            min = 3, max = 30, pattern = "^[a-z][a-z0-9-]*$",
            doc = "The first system user, and what its app is called; the first part of the domain if nothing is said.",
        },
        plan = param.enum{
            values = { "economy", "business", "first_class" }, default = "economy", doc = "The plan at ServerPilot.",
        },
        region = param.string{ doc = "Where the machine is, in the provider's words.", example = "fra1" },
        size = param.string{ doc = "How large it is, in the provider's words.", example = "s-1vcpu-2gb" },
        image = param.string{ doc = "Its system: an Ubuntu that ServerPilot supports.", example = "ubuntu-24-04-x64" },
        tag = param.string{
            default = "sprun", min = 1, max = 63, pattern = "^[a-z0-9][a-z0-9_-]*$",
            doc = "What tells its machines from others at the provider.",
        },
        timeout = param.duration{
            default = "15m", doc = "How long each of booting and connecting may take.", example = "30m",
        },
        host_key = param.string{ doc = "The fingerprint of its host key, as ssh-keygen -l shows it." },
        accept_new = param.boolean{
            default = false, doc = "Whether the host key of a machine that was there before is accepted as it is.",
        },
        ssh_user = param.string{ default = "root", doc = "Who logs in at the machine; the installer needs root." },
        ssh_port = param.integer{ default = 22, min = 1, max = 65535, doc = "The port of its SSH." },
        known_hosts = param.string{ doc = "Another file for host keys than your own." },
        installer = param.string{
            default = "https://download.serverpilot.io/serverpilot-installer",
            doc = "Where ServerPilot's installer is.",
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

        -- What can be refused is refused here: after it, there is a machine that costs money.
        local label = p.domain and p.domain:match("^[^.]+")
        local user_name = p.user or label and sp.short_name(#label < 3 and p.domain or label, 30)
        if user_name and not user_name:find("^[a-z][a-z0-9-][a-z0-9-]+$") then
            error(("%s cannot be the name of a user and an app: choose one with user=…"):format(user_name))
        elseif not public_key:find("^ssh%-rsa ") and not public_key:find("^ssh%-ed25519 ") then
            error("public_key has to be a public key of the type ssh-ed25519 or ssh-rsa, which ServerPilot takes")
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
                error(("ServerPilot has a server %s already, and %s has no such machine with the tag %s: "
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
                -- On a machine that was there before, an earlier run made the record, and lost its key.
                replace_unconnected = status == "unchanged",
            }
        end
        local connected, server = pcall(connect)
        if not connected then
            sp.warn(cloud.called(machine) .. " exists, and is not connected: resume the run once that is mended, or "
                .. "remove the machine by remove-server.lua")
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
            -- By what it is, so that a key that the account has keeps its name.
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
    -- 'sprun undo' deletes what the run made at ServerPilot; this is for the machine, if the run has asked for one.
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
