-- Hetzner Cloud's API v1, as https://docs.hetzner.cloud/reference/cloud describes it: names of servers, and SSH keys,
-- are unique in a project, and what is taken is refused as `uniqueness_error`. The tag is the value of the label
-- `sprun`. A server has its address at once, and is up when it is `running`.
local calls = import "provider-calls"

-- The values in a plan and a simulation. A run that follows the plan replaces them by the real ids and the real
-- address, so they must be unlike all other values. The address is reserved for documentation (RFC 5737).
local PLANNED_SERVER, PLANNED_KEY, PLANNED_ADDRESS = 900000001, 900000002, "192.0.2.1"

local function has_more(json)
    return json.meta and json.meta.pagination and json.meta.pagination.next_page ~= nil
end

local function machine(server)
    local network = server.public_net and server.public_net.ipv4
    -- The API used to have the region in the server's datacenter; now it is in its location.
    local place = server.location or server.datacenter and server.datacenter.location
    local tag = server.labels and server.labels.sprun
    return {
        id = server.id, name = server.name, status = server.status, is_active = server.status == "running",
        address = network and network.ip, tags = tag and { [tag] = true } or {},
        size = server.server_type and server.server_type.name, region = place and place.name,
    }
end

local function planned_server(wanted, status, address)
    return {
        id = wanted.id or PLANNED_SERVER, name = wanted.name, status = status, labels = { sprun = wanted.tag },
        public_net = { ipv4 = { ip = address or PLANNED_ADDRESS } },
    }
end

local function open(options)
    local api = calls.api{
        name = "hetzner", base = options.base or "https://api.hetzner.cloud", token = options.token,
        request = function(fields) return http.request(fields) end,
        explain = function(json)
            local problem = json.error or {}
            return problem.code, problem.message
        end,
    }
    local wire = {
        name = "hetzner", noun = "server", machines = "/v1/servers",
        defaults = { region = "nbg1", size = "cx23", image = "ubuntu-24.04" },
    }

    -- Returns the new resource; nil if a resource with this name or key exists.
    local function made(reply, key)
        if api.explain(reply) == "uniqueness_error" then
            return nil
        elseif reply.status >= 400 then
            api.fail(reply)
        end
        return reply.json[key]
    end

    function wire.list(wanted)
        local path = ("/v1/servers?name=%s&label_selector=sprun%%3D%%3D%s"):format(wanted.name, wanted.tag)
        local machines = {}
        local planned = { wanted.planned and planned_server(wanted, "running", wanted.planned) }
        for i, server in ipairs(api.list(path, "servers", has_more, planned)) do
            machines[i] = machine(server)
        end
        return machines
    end

    function wire.get(known)
        local reply = api.get("/v1/servers/" .. known.id, { server = planned_server(known, "running", known.address) })
        if reply.status == 404 then
            return nil
        elseif reply.status ~= 200 then
            api.fail(reply)
        end
        return machine(reply.json.server)
    end

    function wire.send(wanted, keys)
        local server = made(api.post("/v1/servers", {
            name = wanted.name, location = wanted.region or wire.defaults.region,
            server_type = wanted.size or wire.defaults.size, image = wanted.image or wire.defaults.image,
            ssh_keys = keys, labels = { sprun = wanted.tag }, user_data = wanted.user_data,
        }, { server = planned_server(wanted, "initializing") }), "server")
        return server and machine(server)
    end

    function wire.delete(known)
        api.delete("/v1/servers/" .. known.id)
    end

    function wire.keys()
        return api.list("/v1/ssh_keys", "ssh_keys", has_more)
    end

    function wire.send_key(key)
        return made(api.post("/v1/ssh_keys", key, {
            ssh_key = { id = PLANNED_KEY, name = key.name, public_key = key.public_key },
        }), "ssh_key")
    end

    return calls.provider(wire)
end

return recipe {
    name = "hetzner",
    version = "1.0.0", sprun = ">=0.1",
    summary = "Machines at Hetzner Cloud: finds, creates, waits for and destroys servers",
    description = [[
A library: import "providers/hetzner"; open{ token = … } returns the functions that providers/README.md lists.

The token belongs to one project, and must allow reading and writing.]],
    author = "sprun", license = "MIT",
    needs = { http = { "api.hetzner.cloud" } },
    exports = { open = open },
}
