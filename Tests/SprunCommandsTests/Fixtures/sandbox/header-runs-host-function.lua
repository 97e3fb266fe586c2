-- Its body is sp.create_sysuser.
-- expect: refused "SP"
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = sp.create_sysuser }
