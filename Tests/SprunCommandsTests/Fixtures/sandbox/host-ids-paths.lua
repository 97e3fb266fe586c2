-- Asks for things whose ids are paths.
-- expect: refused "'id' must be the id of an app"
for _, id in ipairs{ "../servers", "x/../../", "%2e%2e", "a\0b", "?x=1", "#", "a b", "\r\nX: y", "..", ".", "/", "//x", "\\",
    "x;y", "%00", "x%2f..%2fservers", "\u{2215}", "\u{ff0e}\u{ff0e}", "", ("a"):rep(1e6), "@evil.example", "x\nHost: y" } do
    for _, name in ipairs{ "app", "server", "sysuser", "db", "sshkey", "action", "delete_app", "enable_autossl", "delete_ssl" } do
        if pcall(sp[name], id) then print("ESCAPED", name, id) end
    end
    pcall(sp.sysuser_sshkeys, id)
    pcall(sp.remove_sysuser_sshkey, id, id)
    pcall(sp.update_app, id, { domains = { id } })
    pcall(sp.wait, id)
end
sp.app("../servers")
