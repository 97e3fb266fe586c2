-- It gives a token as an item, its name, an option, a filter, a duration and an id, and prints the errors.
-- expect: harmless
local secret = "ESC" .. "APED-token-of-a-recipe"
http.get("https://a.example/", { headers = { ["X-Token"] = secret }, planned = {} })
local function try(f, ...) print(select(2, pcall(f, ...))) end
try(sp.each, { secret }, error)
try(sp.each, { { name = secret } }, function() error(secret) end)
try(sp.each, { 1 }, print, { [secret] = 1 })
try(sp.find_server, { [secret] = secret })
try(sp.sleep, secret) try(sp.server, secret) try(sp.wait, { secret }) try(sp.update_server, secret, { plan = secret }) try(sp.compare_runtimes, secret, secret)
try(sp.secret, secret, { length = 8 }) try(sp.secret, secret, { length = 9 }) try(sp.secret, "x", { [secret] = 8 })
try(sp.short_name, secret, 1) try(sp.create_app, { name = secret, [secret] = 1, sysuserid = secret, runtime = secret }) try(sp.ensure_app, { name = secret })
try(import, secret) try(import, "./" .. secret) try(dns.addresses, secret) try(http.get, secret) try(http.get, "https://u:" .. secret .. "@a.example/")
try(ssh.run, { host = secret, script = secret }) try(ssh.run, { [secret] = 1 }) try(math.floor, secret) try(setmetatable, secret) try(param.string, { [secret] = 1 })
try(recipe, { name = secret, [secret] = 1 }) try(sp.result, { [secret] = print }) try(sp.all, { [secret] = 1 })
print("harmless")
