-- Asks for the addresses of what is no name.
-- expect: harmless
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", needs = { dns = true }, run = function()
    for _, name in ipairs{ "", ".", "\0", "a\0b", "-x", "a b", "$(id)", "\27[2J", ("x"):rep(100000), ("a."):rep(1000), "127.0.0.1", "::1%lo" } do
        pcall(dns.addresses, name)
    end
    for _, name in ipairs{ {}, print, true, sp.null } do assert(not pcall(dns.addresses, name)) end
    print("harmless")
end }
