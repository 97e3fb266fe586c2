-- Tries to do something while it is only shown.
-- expect: shown
-- command: show
print(pcall(sp.servers) and "ESCAPED: it called" or "refused")
print(pcall(sp.all, { sp.servers }) and "ESCAPED: it called" or "refused")
print(pcall(dns.addresses, "localhost") and "ESCAPED: it asked" or "refused")
print(pcall(coroutine.wrap(sp.secret), "x") and "ESCAPED: it has a secret" or "refused")
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = function() print("ESCAPED: it ran") end }
