-- Gives domains that are none.
-- expect: refused "'domains[1]' must be a domain"
local app = sp.apps()[1]
for _, domain in ipairs{ "", ".", "..", "-", "*", "*.*", "a\0b", "a b", "a/b", "\27", ("a"):rep(254), "\u{e9}.example", "a..b", "http://x" } do
    pcall(sp.update_app, app.id, { domains = { domain } })
    pcall(sp.add_domains, app.id, { domain })
    pcall(sp.remove_domains, app.id, { domain })
end
sp.update_app(app.id, { domains = { "a/../b" } })
