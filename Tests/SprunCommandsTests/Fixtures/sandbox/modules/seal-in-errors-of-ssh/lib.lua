local KNOWN = "token-of-the-importer"
return recipe { name = "lib", version = "1.0.0", summary = "A recipe", needs = { ssh = { "h.example" } }, params = { s = param.secret{} }, run = function(p)
    local host, secret = "h.example", p.s
    local function has(value, depth)
        if type(value) == "string" then return pcall(string.upper, value) and value:lower():find(KNOWN:lower(), 1, true) end
        if type(value) ~= "table" or depth > 6 then return false end
        for key, one in pairs(value) do if has(key, depth + 1) or has(one, depth + 1) then return true end end
        return false
    end
    local function try(what, f, ...)
        if has({ select(2, pcall(f, ...)) }, 1) then print("ESCAPED: it has the text, by " .. what) end
    end
    try("a host", ssh.run, { host = secret, script = "x", planned = {} })
    for _, key in ipairs{ "port", "user", "identity", "jump", "host_key", "known_hosts", "accept_new", "wait", "stdin", "timeout", "reads", "planned", secret } do
        try(key == secret and "an option" or key, ssh.run, { host = host, script = "x", [key] = secret })
        try(key == secret and "an option" or key, ssh.copy, { host = host, to = "/x", content = "x", [key] = secret })
        try("a list as " .. (key == secret and "an option" or key), ssh.run, { host = host, script = "x", planned = {}, [key] = { secret } })
    end
    try("a script", ssh.run, { host = host, script = secret .. "\0" }) try("scripts", ssh.run, { host = host, script = { secret } })
    try("a path", ssh.copy, { host = host, to = secret, content = "x" }) try("a mode", ssh.copy, { host = host, to = "/x", mode = secret, content = "x" })
    try("a file of here", ssh.copy, { host = host, to = "/x", from = secret }) try("a file of here", ssh.copy, { host = host, to = "/x", from = "/" .. secret })
    try("planned", ssh.run, { host = host, script = "x", planned = { [secret] = 1 } }) try("planned", ssh.copy, { host = host, to = "/x", content = "x", planned = { [secret] = 1 } })
    try("a status", ssh.run, { host = host, script = "x", planned = { status = secret } })
    return {}
end }
