local KNOWN = "token-of-the-importer"
return recipe { name = "lib", version = "1.0.0", summary = "A recipe", needs = { http = { "a.example" } }, params = { s = param.secret{} }, run = function(p)
    local url, secret = "https://a.example/", p.s
    local function has(value, depth)
        if type(value) == "string" then return pcall(string.upper, value) and value:lower():find(KNOWN:lower(), 1, true) end
        if type(value) ~= "table" or depth > 6 then return false end
        for key, one in pairs(value) do if has(key, depth + 1) or has(one, depth + 1) then return true end end
        return false
    end
    local function try(what, f, ...)
        if has({ select(2, pcall(f, ...)) }, 1) then print("ESCAPED: it has the text, by " .. what) end
    end
    try("a host", http.get, "https://" .. secret .. "/")
    try("a host within a domain", http.get, "https://" .. secret .. ".example/x", { planned = {} })
    try("a port", http.get, "https://a.example:" .. secret .. "/") try("a scheme", http.get, secret .. "://a.example/") try("a user", http.get, "https://" .. secret .. "@a.example/")
    try("a fragment", http.get, url .. "#" .. secret) try("a path without a plan", http.get, url .. secret) try("an address", http.get, secret)
    try("a method", http.request, { method = secret, url = url }) try("an option", http.get, url, { [secret] = 1 }) try("the name of a header", http.get, url, { headers = { [secret .. " x"] = "x" } })
    try("a header", http.get, url, { headers = { x = secret .. "\n" } }) try("a list of headers", http.get, url, { headers = { x = { secret } } })
    try("a member of planned", http.get, url, { planned = { [secret] = 1 } }) try("a status", http.get, url, { planned = { status = secret } }) try("planned", http.get, url, { planned = secret })
    try("a timeout", http.get, url, { timeout = secret }) try("statuses", http.get, url, { ok = secret }) try("statuses", http.get, url, { ok = { secret } })
    try("a way when the reply is lost", http.post_json, url, {}, { lost = secret, planned = {} }) try("reads", http.request, { method = "POST", url = url, reads = secret })
    try("the header of a key", http.post_json, url, {}, { idempotency_key = "x", idempotency_header = secret .. " x", planned = {} })
    try("JSON that is none", http.post_json, url, { [secret] = print }, { planned = {} }) try("a form that is none", http.request, { method = "PUT", url = url, form = { [secret] = print } })
    try("two bodies", http.request, { method = "PUT", url = url, body = secret, json = secret })
    return {}
end }
