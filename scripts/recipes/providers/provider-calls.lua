-- How the providers are alike: they take turns of asking and waiting, and create what is not there, once.
-- Nothing here talks to anybody: a provider hands in the functions that do, and they act with its own needs.

-- So many requests that may make something, one after the other: each of them may be the one whose reply was lost.
local CREATIONS = 3
-- Seconds after a lost reply at which the provider is asked again what it has: a list can lag behind.
local SETTLE = { 2, 5, 10 }
-- So often a question is asked that a server fails to answer, and a request made of what is locked.
local ATTEMPTS = 5
-- Seconds between two looks at a machine that is being made.
local PACE = 5
-- So many items of a list are asked for at once, which both providers give, and so many times.
local PAGE, PAGES = 50, 40

-- What is locked by other work was certainly not changed. Of too many requests, 429, http itself takes care.
local LOCKED = 423
-- Questions, and they alone, may also be asked again where a server failed.
local FAILED = { [500] = true, [502] = true, [503] = true, [504] = true }
-- The refusals that say in JSON what is wrong; every other status is an error of http.
local REFUSALS = { 400, 401, 403, 404, 409, 412, 422, 423, 429 }

local function joined(one, other)
    return table.move(other, 1, #other, #one + 1, table.move(one, 1, #one, 1, {}))
end

-- Talks JSON to a provider. `options`: name, base and token; request, which is the http.request of the provider; and
-- explain, which finds code and message in what a refusal says. `planned` is the reply that a plan takes for given.
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

    -- The code of a refusal, and what people are told of it; nothing where it says neither.
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

    -- All items of a list that comes in pages; `has_more` tells from a page whether there is another one, and `planned`
    -- are the items that a plan takes for given.
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

    -- Makes something. A reply that is lost is an error with the code lost_answer: `once` looks for what was made.
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

-- The type and the key itself: what follows is a comment, which providers keep or change as they like.
local function key_of(public_key)
    return public_key:match("^%s*(%S+%s+%S+)")
end

local function is_lost(problem)
    return type(problem) == "table" and problem.code == "lost_answer"
end

-- What `look` finds; else what `send` makes. A second look comes before a second request, whenever it is not known
-- whether the first one made something. `send` gives nothing where the provider says that it is there already.
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
            error(what .. ": the provider says that the name is taken, by something that is not of this recipe", 0)
        end
        sp.warn(what .. ": no reply came, and nothing was made; it is asked for again")
    end
    error(("%s: no reply came %d times, and nothing is there"):format(what, CREATIONS), 0)
end

local function check(wanted)
    local name, tag = wanted.name, wanted.tag
    if type(name) ~= "string" or not name:find("^[a-z0-9][a-z0-9.-]*$") or #name > 63 then
        error("a machine's name has 1 to 63 lower-case letters, digits, dots and dashes: " .. tostring(name), 0)
    elseif type(tag) ~= "string" or not tag:find("^[a-z0-9][a-z0-9_-]*$") or #tag > 63 or tag:find("[_-]$") then
        error("a tag has 1 to 63 lower-case letters, digits, dashes and underscores: " .. tostring(tag), 0)
    end
end

-- Makes of what a provider can do, `wire`, what recipes call; README.md says what both are.
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
                    error(("%s and %s have one name and one tag: remove one of them by hand"):format(
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

    -- The ids of keys that are given as public keys, which are made where they are missing, or by their fingerprints.
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
        -- Without one, providers make up a password and send it by mail.
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
                error(called(machine) .. " is gone: somebody has removed it", 0)
            elseif seen.is_active and seen.address then
                return tagged(seen, machine.tag)
            elseif sp.time() >= last then
                error(("%s is not up after %d s: the provider says '%s'%s"):format(
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
            error(("%s does not have the tag %s, so it is left alone"):format(called(machine), wanted.tag), 0)
        end
        wire.delete(machine)
        return "destroyed"
    end

    -- Whether something that a run has done, as undo gets it, was a request for a machine.
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
    summary = "What all providers of machines do alike: find, create once, wait, destroy",
    description = [[
The part of providers/digitalocean.lua and providers/hetzner.lua that is no provider's own.

A recipe does not import this but a provider. A new provider is written on it: see the README beside it.]],
    author = "sprun", license = "MIT",
    exports = { api = api, provider = provider },
}
