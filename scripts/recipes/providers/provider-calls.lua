-- The common part of the providers: requests with retries, waits, and the creation of missing resources, once.
-- This library sends nothing itself: a provider passes the functions that send, and they act with its own needs.

-- The maximum number of requests that create one resource; the reply to each of them can be lost.
local CREATIONS = 3
-- After a lost reply, the pauses in seconds before each lookup: a provider's list can lag behind.
local SETTLE = { 2, 5, 10 }
-- The maximum number of tries of a read that gets a server error, and of a request for a locked resource.
local ATTEMPTS = 5
-- Seconds between two reads of a machine that the provider is creating.
local PACE = 5
-- The items per page of a list, which both providers support, and the maximum number of pages.
local PAGE, PAGES = 50, 40

-- A locked resource was certainly not changed. http itself retries after 429, too many requests.
local LOCKED = 423
-- Only reads are also repeated after a server error.
local FAILED = { [500] = true, [502] = true, [503] = true, [504] = true }
-- The statuses whose reply has the reason as JSON; http raises an error for every other status.
local REFUSALS = { 400, 401, 403, 404, 409, 412, 422, 423, 429 }

local function joined(one, other)
    return table.move(other, 1, #other, #one + 1, table.move(one, 1, #one, 1, {}))
end

-- Sends JSON to a provider. `options`: name, base and token; request, the provider's own http.request; and explain,
-- which finds code and message in the reply to a rejected request. `planned` is the reply in a plan.
local function api(options)
    local headers = { authorization = "Bearer " .. options.token }
    local talk = {}

    local function ask(method, path, fields)
        fields.method, fields.url, fields.headers = method, options.base .. path, headers
        for attempt = 1, ATTEMPTS do
            local reply = options.request(fields)
            local again = reply.status == LOCKED or fields.reads and FAILED[reply.status]
            if not again or attempt == ATTEMPTS then
                reply.asked = method .. " " .. path:match("^[^?]*")
                return reply
            end
            sp.sleep(2 * attempt)
        end
    end

    -- The code and the message of a rejected request; nil if its reply has neither.
    function talk.explain(reply)
        if type(reply.json) == "table" then
            return options.explain(reply.json)
        end
    end

    function talk.fail(reply)
        local code, message = talk.explain(reply)
        error(("%s: %s: %d %s: %s"):format(
            options.name, reply.asked, reply.status, code or "error", message or "no reason was given"), 0)
    end

    function talk.get(path, planned)
        return ask("GET", path, {
            reads = true, ok = joined({ 200, 500, 502, 503, 504 }, REFUSALS),
            planned = { status = 200, json = planned },
        })
    end

    -- All items of a list with pages. `has_more` returns whether another page follows. `planned` are the items in a
    -- plan.
    function talk.list(path, key, has_more, planned)
        local all = {}
        for page = 1, PAGES do
            local reply = talk.get(("%s%spage=%d&per_page=%d"):format(
                path, path:find("?", 1, true) and "&" or "?", page, PAGE), { [key] = planned or {} })
            if reply.status ~= 200 then
                talk.fail(reply)
            end
            all = joined(all, reply.json[key])
            if not has_more(reply.json) then
                return all
            end
        end
        error(("%s: %s has more than %d pages"):format(options.name, path, PAGES), 0)
    end

    -- Creates a resource. A lost reply raises an error with the code lost_answer: `once` then looks for the resource.
    function talk.post(path, json, planned)
        return ask("POST", path, {
            json = json, lost = "raise", ok = joined({ 200, 201, 202 }, REFUSALS),
            planned = { status = 201, json = planned },
        })
    end

    function talk.delete(path)
        local reply = ask("DELETE", path, { ok = joined({ 200, 202, 204 }, REFUSALS), planned = { status = 204 } })
        if reply.status >= 400 and reply.status ~= 404 then
            talk.fail(reply)
        end
    end

    return talk
end

-- The type and the key itself, without the comment that follows: providers may change the comment.
local function key_of(public_key)
    return public_key:match("^%s*(%S+%s+%S+)")
end

local function is_lost(problem)
    return type(problem) == "table" and problem.code == "lost_answer"
end

-- Returns what `look` finds, or else what `send` creates. If it is unknown whether a request created the resource, it
-- looks again before the next request. `send` returns nil if the provider replies that the resource exists.
local function once(what, look, send)
    local found = look()
    if found then
        return found, "unchanged"
    end
    for _ = 1, CREATIONS do
        local answered, made = pcall(send)
        if answered and made then
            return made, "created"
        elseif not answered and not is_lost(made) then
            error(made, 0)
        end
        for _, seconds in ipairs(SETTLE) do
            sp.sleep(seconds)
            found = look()
            if found then
                return found, "created"
            end
        end
        if answered then
            error(what .. ": the name is taken at the provider, by a resource that this recipe did not create", 0)
        end
        sp.warn(what .. ": no reply arrived and nothing was created; sending the request again")
    end
    error(("%s: %d requests got no reply, and nothing was created"):format(what, CREATIONS), 0)
end

local function check(wanted)
    local name, tag = wanted.name, wanted.tag
    if type(name) ~= "string" or not name:find("^[a-z0-9][a-z0-9.-]*$") or #name > 63 then
        error("a machine's name has 1 to 63 lower-case letters, digits, dots and dashes: " .. tostring(name), 0)
    elseif type(tag) ~= "string" or not tag:find("^[a-z0-9][a-z0-9_-]*$") or #tag > 63 or tag:find("[_-]$") then
        error("a tag has 1 to 63 lower-case letters, digits, dashes and underscores: " .. tostring(tag), 0)
    end
end

-- Returns the functions for recipes, made from the functions of a provider, `wire`. README.md lists both.
local function provider(wire)
    local function called(machine)
        return ("machine %s (%s %s at %s)"):format(machine.name, wire.noun, machine.id, wire.name)
    end

    local function tagged(machine, tag)
        machine.tag = tag
        return machine
    end

    local function find(wanted)
        check(wanted)
        local found
        for _, machine in ipairs(wire.list(wanted)) do
            if machine.name == wanted.name and machine.tags[wanted.tag] then
                if found then
                    error(("%s and %s have the same name and tag: remove one of them by hand"):format(
                        called(found), called(machine)), 0)
                end
                found = tagged(machine, wanted.tag)
            end
        end
        return found
    end

    local function ensure_ssh_key(wanted)
        local material = key_of(wanted.public_key) or error("a public key begins with its type, such as ssh-ed25519", 0)
        return once(("the SSH key %s at %s"):format(wanted.name, wire.name), function()
            for _, key in ipairs(wire.keys()) do
                if key_of(key.public_key) == material then
                    return key
                end
            end
        end, function()
            return wire.send_key{ name = wanted.name, public_key = wanted.public_key:match("^%s*(.-)%s*$") }
        end)
    end

    -- The ids of keys, given as public keys or fingerprints. Creates missing public keys.
    local function key_ids(wanted)
        local ids, known = {}, nil
        for i, given in ipairs(wanted.ssh_keys or {}) do
            if key_of(given) then
                ids[i] = ensure_ssh_key{ name = wanted.name, public_key = given }.id
            else
                known = known or wire.keys()
                for _, key in ipairs(known) do
                    if key.fingerprint == given then
                        ids[i] = key.id
                    end
                end
                if not ids[i] then
                    error(("%s has no SSH key %s"):format(wire.name, given), 0)
                end
            end
        end
        -- Without a key, providers generate a password and send it by mail.
        if #ids == 0 then
            error("a machine needs at least one SSH key", 0)
        end
        return ids
    end

    local function create(wanted)
        local keys
        return once(("the machine %s at %s"):format(wanted.name, wire.name), function()
            return find(wanted)
        end, function()
            keys = keys or key_ids(wanted)
            local made = wire.send(wanted, keys)
            return made and tagged(made, wanted.tag)
        end)
    end

    local function wait(machine, options)
        local timeout = options and options.timeout or 600
        local last = sp.time() + timeout
        while true do
            local seen = wire.get(machine)
            if not seen then
                error(called(machine) .. " no longer exists: someone removed it", 0)
            elseif seen.is_active and seen.address then
                return tagged(seen, machine.tag)
            elseif sp.time() >= last then
                error(("%s is not up after %d s: its status is '%s'%s"):format(
                    called(machine), timeout, seen.status, seen.address and "" or ", and it has no address"), 0)
            end
            sp.sleep(PACE)
        end
    end

    local function destroy(wanted)
        check(wanted)
        local machine
        if wanted.id then
            machine = wire.get(wanted)
        else
            machine = find(wanted)
        end
        if not machine then
            return "absent"
        elseif not machine.tags[wanted.tag] then
            error(("%s does not have the tag %s, so it was not deleted"):format(called(machine), wanted.tag), 0)
        end
        wire.delete(machine)
        return "destroyed"
    end

    -- Whether a change in the list that undo gets was a request for a machine.
    local function creates_machine(change)
        return change.call == "http.post" and change.object:sub(-#wire.machines) == wire.machines
    end

    return {
        creates_machine = creates_machine,
        name = wire.name, defaults = wire.defaults, called = called,
        find = find, create = create, wait = wait, destroy = destroy, ensure_ssh_key = ensure_ssh_key,
        address = function(machine) return machine.address end,
    }
end

return recipe {
    name = "provider-calls",
    version = "1.0.0", sprun = ">=0.1",
    summary = "The common part of the providers: find, create once, wait, destroy",
    description = [[
The part that providers/digitalocean.lua and providers/hetzner.lua share.

Recipes import a provider, not this library. To add a provider, build on it: see the README beside it.]],
    author = "sprun", license = "MIT",
    exports = { api = api, provider = provider },
}
