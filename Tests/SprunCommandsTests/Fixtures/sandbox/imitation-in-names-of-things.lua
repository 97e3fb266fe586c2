-- It makes things in the account whose names look like what sprun says of it.
-- expect: shown
local server = sp.servers()[1]
local key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI" .. ("A"):rep(43)
pcall(sp.create_sshkey, { name = "+ deleted server www1  error[SP0101]: x", public_key = key })
pcall(sp.create_sshkey, { name = "x\u{202e}y\u{200b}\u{336}", public_key = key })
pcall(sp.create_sysuser, { serverid = server.id, name = "error-sp0208" })
for _, one in ipairs(sp.sshkeys()) do print(one.name) end
print("done")
