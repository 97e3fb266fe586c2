-- Lets the host learn a secret of one letter or none, which would redact everything.
-- expect: harmless
local server = sp.find_server{ name = "www1" }
for _, password in ipairs{ "", " ", "a", "aaaaaaaa", "\0\0\0\0\0\0\0\0", ("x"):rep(1e6) } do
    pcall(sp.create_sysuser, { serverid = server.id, name = "someone", password = password })
end
print("harm" .. "less?")
print("harmless")
