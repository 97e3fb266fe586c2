local KNOWN = "token-of-the-importer"
return recipe { name = "lib", version = "1.0.0", summary = "A recipe", needs = { http = { "a.example" }, ssh = { "h.example" } }, params = { s = param.secret{} }, run = function(p)
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
    try("planned.body", http.get, url, { planned = { body = secret } })
    try("planned.json", http.get, url, { planned = { json = { deep = { secret } } } })
    try("a key of planned.json", http.get, url, { planned = { json = { [secret] = 1 } } })
    try("planned.headers", http.get, url, { planned = { headers = { x = "Bearer " .. secret } } })
    try("planned.body of a change", http.request, { method = "PUT", url = url, json = {}, planned = { body = secret } })
    try("an error that quotes the body", http.get, url, { planned = { status = 500, body = secret } })
    try("planned.stdout", ssh.run, { host = "h.example", script = "true", planned = { stdout = secret } })
    try("planned.stderr", ssh.run, { host = "h.example", script = "true", planned = { stderr = secret, status = 1 } })
    return {}
end }
