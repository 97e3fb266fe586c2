#!/usr/bin/env sprun
local providers = {
    digitalocean = import "providers/digitalocean",
    hetzner = import "providers/hetzner",
}

-- In a plan, the address of a machine whose server never connected; reserved for documentation (RFC 5737).
local PLANNED_ADDRESS = "192.0.2.1"

return recipe {
    name = "remove-server",
    version = "1.0.0", sprun = ">=0.1",
    summary = "Removes a machine that new-server created, and its record at ServerPilot",
    description = [[
Removes a server from ServerPilot, and its machine at the provider, with everything on it.

The recipe removes only a machine with this name and tag. It removes the record only if its address at ServerPilot is
that of the machine, or if the server never connected. You can run the recipe again: it accepts that the machine or the
record is already gone. It keeps the SSH keys at the provider and at ServerPilot.]],
    author = "sprun", license = "MIT",
    needs = {
        delete = { "servers" },
        http = { "api.digitalocean.com", "api.hetzner.cloud" },
    },
    limits = { create = 0, delete = 1 },
    params = {
        provider = param.enum{ values = { "digitalocean", "hetzner" }, required = true, doc = "The provider." },
        token = param.secret{ required = true, doc = "The provider's API token.", example = "@env:HCLOUD_TOKEN" },
        name = param.string{
            required = true, min = 1, max = 50, pattern = "^[a-z][a-z0-9.-]*$",
            doc = "The name of the machine and the server.", example = "www3",
        },
        tag = param.string{
            default = "sprun", min = 1, max = 63, pattern = "^[a-z0-9][a-z0-9_-]*$",
            doc = "The tag that marks machines of new-server at the provider.",
        },
    },
    returns = { machine = "string", server = "string" },
    examples = { "sprun run remove-server provider=hetzner token=@env:HCLOUD_TOKEN name=www3" },
    run = function(p)
        local cloud = providers[p.provider].open{ token = p.token }
        local server = sp.find_server{ name = p.name }
        local address = server and server.lastconn and server.lastaddress
        local machine = cloud.find{
            name = p.name, tag = p.tag, planned = server and (address or PLANNED_ADDRESS) or nil,
        }

        if address and not (machine and cloud.address(machine) == address) then
            error(("ServerPilot has a server %s at %s, but %s has no such machine with the tag %s. Nothing was removed")
                :format(p.name, address, p.provider, p.tag))
        end
        -- The record first: without the machine, nothing shows that the record belongs to it.
        local record = "absent"
        if server then
            record = sp.ensure_absent_server{ id = server.id }
        end
        return {
            server = record,
            machine = machine and cloud.destroy(machine) or "absent",
        }
    end,
}
