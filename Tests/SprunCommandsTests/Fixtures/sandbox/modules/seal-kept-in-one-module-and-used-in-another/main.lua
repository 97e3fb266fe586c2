-- A library keeps the secret of its importer, and another one takes it and passes it on to places that it has no needs for.
-- expect: harmless
local keeper, user = import "keeper", import "user"
keeper.keep(sp.secret("x"))
user.use(keeper.give)
print("harmless")
