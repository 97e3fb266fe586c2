-- Asks for addresses without saying that it needs to.
-- expect: refused "dns"
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = function()
    dns.addresses("localhost")
    print("ESCAPED: asked for a name")
end }
