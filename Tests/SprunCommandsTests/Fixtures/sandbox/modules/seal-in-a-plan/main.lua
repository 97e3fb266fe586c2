-- It puts a seal into requests, scripts, passwords, messages, names of chunks, items and results, and sprun plans it: neither the seal nor the secret is shown.
-- expect: shown
-- command: plan --simulate
local secret = import "lib"{ s = "ESC" .. "APED-token \"of/a\\recipe" }.s
http.get("https://a.example/", { headers = { Authorization = "Bearer " .. secret }, planned = {} })
http.request{ method = "PUT", url = "https://a.example/", body = "x=" .. secret, planned = {} }
http.request{ method = "PUT", url = "https://a.example/", json = { [secret] = { secret, secret .. secret } }, planned = {} }
http.request{ method = "PUT", url = "https://a.example/", form = { [secret] = secret }, planned = {} }
ssh.run{ host = "192.0.2.1", script = "echo '" .. secret .. "'\n" .. ("y"):rep(190) .. secret, stdin = secret, planned = {} }
ssh.copy{ host = "192.0.2.1", content = ("z"):rep(185) .. secret, to = "/tmp/x", planned = { changed = true } }
sp.create_sysuser{ serverid = sp.find_server{ name = "www1" }.id, name = "someone", password = secret .. "x" }
sp.log(secret) sp.log(("x"):rep(190) .. secret) sp.warn("x" .. secret .. "\n" .. secret)
print(secret, secret .. secret, { secret }) print(("x"):rep(5000) .. secret)
load("sp.log('x') sp.warn('y')", "@" .. secret)() load("sp.log('x') sp.warn('y')", "=" .. ("p"):rep(30) .. secret)()
pcall(sp.each, { secret, secret .. "x" }, function(item) sp.warn(item) error(item) end)
return { [secret] = secret, list = { secret, "a" .. secret .. "b" }, deep = { { { [secret .. secret] = { secret } } } }, generated = sp.secret("never sent"), joined = "x" .. sp.secret("x") .. secret }
