-- It puts a token into logs, warnings, names and results, and sprun reports them to programs.
-- expect: shown
-- command: run --simulate --json
local secret = "ESC" .. "APED-token-of-a-recipe"
http.request{ method = "PUT", url = "https://a.example/" .. secret, headers = { ["X-Token"] = secret }, planned = {} }
sp.log(secret)
sp.warn("x" .. secret .. "\n" .. secret)
print(secret)
load("sp.log('x') sp.warn('y')", "@" .. secret)()
local key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI" .. ("A"):rep(43)
pcall(sp.create_sshkey, { name = secret, public_key = key })
return { [secret] = { secret, { [secret] = "x" .. secret } } }
