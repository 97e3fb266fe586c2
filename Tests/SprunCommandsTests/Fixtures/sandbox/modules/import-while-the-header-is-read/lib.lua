local function look() return pcall(sp.servers), pcall(sp.secret, "x"), pcall(http.get, "https://a.example/", { planned = {} }), pcall(dns.addresses, "localhost") end
local a, b, c, d = look()
if a or b or c or d then print("ESCAPED: it called the host before it has run") end
return recipe { name = "lib", version = "1.0.0", summary = "A library", needs = { http = { "a.example" }, dns = true }, exports = { f = function() end } }
