-- It gives seals as items, names of items, options and names of options, and prints what is said.
-- expect: harmless
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = function()
    local secret = sp.secret("x")
    local function try(f, ...)
        local _, found = pcall(f, ...)
        print(found)
        for _, text in pairs(type(found) == "table" and found or { found }) do
            local ok, opened = pcall(string.reveal, tostring(text))
            if ok and opened ~= tostring(text) or tostring(text):find(("%w"):rep(24)) then print("ESCAPED: it was revealed") end
        end
    end
    local function quiet(f, ...) print(select(2, pcall(f, ...))) end
    quiet(sp.each, { secret }, function(item) if item ~= secret then print("ESCAPED: an item has changed") end error(item) end)
    quiet(sp.each, { { name = secret } }, function() sp.log("in it") error(secret) end)
    quiet(sp.each, { [secret] = 1 }, print) quiet(sp.each, { 1 }, print, { [secret] = 1 }) quiet(sp.each, { 1 }, print, { limit = secret })
    quiet(sp.all, { [secret] = print }) quiet(sp.all, { secret }) quiet(sp.list, { secret }) quiet(sp.object, { [secret] = secret })
    quiet(sp.each, { 1 }, function() return secret end) quiet(sp.each, { secret, secret .. secret }, function(item) return { [item] = item } end)
    try(sp.sleep, secret) try(sp.secret, "y", { [secret] = 1 }) try(sp.random, secret) try(sp.time, secret) try(sp.wait, {}, { [secret] = 1 }) try(sp.wait, {}, { timeout = secret })
    try(sp.log, { secret }) try(sp.warn, { [secret] = secret }) try(sp.log) try(sp.log, "x", secret)
    print("harmless")
end }
