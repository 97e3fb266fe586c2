local lib = import "lib"
lib.make()
return recipe { name = "middle", version = "1", summary = "s", exports = { f = print } }
