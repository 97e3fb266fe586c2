-- It sends texts that stand for 2 MB each, as bodies, forms, headers, addresses, scripts and files.
-- expect: refused 64 "64 KiB"
local all = import "lib"{ s = ("token-of-the-importer"):rep(50000) }.s:rep(2)
local url = "https://a.example/"
for i = 1, 1e9 do
    pcall(http.request, { method = "PUT", url = url, body = all, planned = {} })
    pcall(http.request, { method = "PUT", url = url, json = { all, all, [all] = all }, planned = {} })
    pcall(http.request, { method = "PUT", url = url, form = { a = all }, planned = {} })
    pcall(http.get, url .. all, { headers = { x = all }, planned = {} })
    pcall(ssh.run, { host = "192.0.2.1", script = all, stdin = all, planned = {} })
    pcall(ssh.copy, { host = "192.0.2.1", to = "/x", content = all, planned = { changed = true } })
end
