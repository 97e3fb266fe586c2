-- Makes things whose names hold control characters and paths.
-- expect: refused "SP0204"
local server = sp.find_server{ name = "www1" }
for _, name in ipairs{ "../x", "a\0b", "\27[2J", "a\nb", "", ("a"):rep(1e6), "\u{202e}", "root", "serverpilot" } do
    pcall(sp.create_sysuser, { serverid = server.id, name = name })
    pcall(sp.create_server, { name = name })
    pcall(sp.create_sshkey, { name = name, public_key = "ssh-ed25519 " .. name })
    pcall(sp.ensure_sysuser, { serverid = server.id, name = name })
    pcall(sp.find_server, { name = name })
end
sp.create_sysuser{ serverid = server.id, name = "../../ESCAPED" }
