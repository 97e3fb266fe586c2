-- It puts a seal into requests, scripts, passwords, messages, names of chunks, items and results, and sprun tells it to programs: neither the seal nor the secret is shown.
-- expect: shown
-- command: run --simulate --json
local secret = import "lib"{ s = "ESC" .. "APED-token \"of/a\\recipe" }.s
http.get("https://a.example/", { headers = { Authorization = "Bearer " .. secret }, planned = {} })
http.request{ method = "PUT", url = "https://a.example/", body = "x=" .. secret, planned = {} }
http.request{ method = "PUT", url = "https://a.example/", json = { name = { secret, secret .. secret } }, planned = {} }
http.request{ method = "PUT", url = "https://a.example/", form = { name = secret }, planned = {} }
for _, made in ipairs{ { json = { [secret] = 1 } }, { form = { [secret] = 1 } }, { headers = { [secret] = 1 } }, { [secret] = 1 } } do
    made.method, made.url, made.planned = "PUT", "https://a.example/", {}
    sp.log(tostring(select(2, pcall(http.request, made))))
end
sp.log(tostring(select(2, pcall(sp.result, { [secret] = 1 }))))
ssh.run{ host = "192.0.2.1", script = "echo '" .. secret .. "'\n" .. ("y"):rep(190) .. secret, stdin = secret, planned = {} }
ssh.copy{ host = "192.0.2.1", content = ("z"):rep(185) .. secret, to = "/tmp/x", planned = { changed = true } }
sp.create_sysuser{ serverid = sp.find_server{ name = "www1" }.id, name = "someone", password = secret .. "x" }
sp.log(secret) sp.log(("x"):rep(190) .. secret) sp.warn("x" .. secret .. "\n" .. secret)
print(secret, secret .. secret, { secret }) print(("x"):rep(5000) .. secret)
load("sp.log('x') sp.warn('y')", "@" .. secret)() load("sp.log('x') sp.warn('y')", "=" .. ("p"):rep(30) .. secret)()
pcall(sp.each, { secret, secret .. "x" }, function(item) sp.warn(item) error(item) end)
return { name = secret, list = { secret, "a" .. secret .. "b" }, deep = { { { name = { secret } } } }, generated = sp.secret("never sent"), joined = "x" .. sp.secret("x") .. secret }
