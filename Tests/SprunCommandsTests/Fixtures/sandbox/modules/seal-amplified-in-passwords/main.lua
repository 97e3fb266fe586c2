-- It gives texts that stand for 8 MB each as passwords and keys.
-- expect: refused 64 "64 KiB"
-- command: run --simulate
local all = import "lib"{ s = ("token-of-the-importer"):rep(50000) }.s:rep(8)
local server, app = sp.find_server{ name = "www1" }, sp.apps()[1]
if pcall(sp.create_sysuser, { serverid = server.id, name = "someone", password = all }) then print("ESCAPED: a password of 8 MB") end
if pcall(sp.add_ssl, app.id, { key = all, cert = "x" }) then print("ESCAPED: a key of 8 MB") end
print("harmless")
