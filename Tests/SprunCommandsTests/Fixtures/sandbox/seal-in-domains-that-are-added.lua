-- It adds a seal as a domain and to an app whose id is a seal: sprun refuses both, before it asks anything of ServerPilot.
-- expect: harmless
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", needs = { update = { "apps" } }, run = function()
    local secret = sp.secret("x")
    for _, try in ipairs{ { sp.apps()[1].id, { secret } }, { sp.apps()[1].id, { secret .. ".example" } }, { secret, { "a.example" } } } do
        local ok, raised = pcall(sp.add_domains, table.unpack(try))
        if ok or raised.status or not raised.message:find("secret", 1, true) then print("ESCAPED: a seal was passed on") end
    end
    print("harmless")
end }
