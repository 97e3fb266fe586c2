-- DigitalOcean's API v2, as https://docs.digitalocean.com/reference/api/ and its OpenAPI document
-- (github.com/digitalocean/openapi) describe it: names of droplets are not unique and there is no idempotency key, so
-- that a droplet is known by its name and a tag; `active` comes some time after `new`, and the address with it.
local calls = import "provider-calls"

-- The values in a plan and a simulation. A run that follows the plan replaces them by the real ids and the real
-- address, so they must be unlike all other values. The address is reserved for documentation (RFC 5737).
local PLANNED_DROPLET, PLANNED_KEY, PLANNED_ADDRESS = 900000001, 900000002, "192.0.2.1"

local function has_more(json)
    return json.links and json.links.pages and json.links.pages.next ~= nil
end

local function machine(droplet)
    local address
    for _, network in ipairs(droplet.networks and droplet.networks.v4 or {}) do
        if network.type == "public" then
            address = address or network.ip_address
        end
    end
    local tags = {}
    for _, tag in ipairs(droplet.tags or {}) do
        tags[tag] = true
    end
    return {
        id = droplet.id, name = droplet.name, status = droplet.status, is_active = droplet.status == "active",
        address = address, tags = tags, size = droplet.size_slug, region = droplet.region and droplet.region.slug,
    }
end

local function planned_droplet(wanted, status, address)
    return {
        id = wanted.id or PLANNED_DROPLET, name = wanted.name, status = status, tags = { wanted.tag },
        networks = { v4 = { address and { type = "public", ip_address = address } } },
    }
end

local function open(options)
    local api = calls.api{
        name = "digitalocean", base = options.base or "https://api.digitalocean.com", token = options.token,
        request = function(fields) return http.request(fields) end,
        explain = function(json) return json.id, json.message end,
    }
    local wire = {
        name = "digitalocean", noun = "droplet", machines = "/v2/droplets",
        defaults = { region = "fra1", size = "s-1vcpu-1gb", image = "ubuntu-24-04-x64" },
    }

    function wire.list(wanted)
        local machines = {}
        local planned = { wanted.planned and planned_droplet(wanted, "active", wanted.planned) }
        for i, droplet in ipairs(api.list("/v2/droplets?tag_name=" .. wanted.tag, "droplets", has_more, planned)) do
            machines[i] = machine(droplet)
        end
        return machines
    end

    function wire.get(known)
        local reply = api.get("/v2/droplets/" .. known.id, {
            droplet = planned_droplet(known, "active", known.address or PLANNED_ADDRESS),
        })
        if reply.status == 404 then
            return nil
        elseif reply.status ~= 200 then
            api.fail(reply)
        end
        return machine(reply.json.droplet)
    end

    function wire.send(wanted, keys)
        local reply = api.post("/v2/droplets", {
            name = wanted.name, region = wanted.region or wire.defaults.region,
            size = wanted.size or wire.defaults.size,
            -- Your own images have numbers as ids; DigitalOcean's images have words.
            image = math.tointeger(tonumber(wanted.image)) or wanted.image or wire.defaults.image,
            ssh_keys = keys, tags = { wanted.tag }, user_data = wanted.user_data,
        }, { droplet = planned_droplet(wanted, "new") })
        if reply.status >= 400 then
            api.fail(reply)
        end
        return machine(reply.json.droplet)
    end

    function wire.delete(known)
        api.delete("/v2/droplets/" .. known.id)
    end

    function wire.keys()
        return api.list("/v2/account/keys", "ssh_keys", has_more)
    end

    function wire.send_key(key)
        local reply = api.post("/v2/account/keys", key, {
            ssh_key = { id = PLANNED_KEY, name = key.name, public_key = key.public_key },
        })
        local _, message = api.explain(reply)
        -- DigitalOcean rejects an existing key with the same status as an invalid key.
        if reply.status == 422 and message and message:find("already in use", 1, true) then
            return nil
        elseif reply.status >= 400 then
            api.fail(reply)
        end
        return reply.json.ssh_key
    end

    return calls.provider(wire)
end

return recipe {
    name = "digitalocean",
    version = "1.0.0", sprun = ">=0.1",
    summary = "Machines at DigitalOcean: finds, creates, waits for and destroys droplets",
    description = [[
A library: import "providers/digitalocean"; open{ token = … } returns the functions that providers/README.md lists.

The token needs the scopes to read, create and delete droplets, SSH keys and tags.]],
    author = "sprun", license = "MIT",
    needs = { http = { "api.digitalocean.com" } },
    exports = { open = open },
}
