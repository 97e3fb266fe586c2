local lib = import "lib"
return recipe { name = "other", version = "1.0.0", summary = "A library", exports = { ask = function() return lib.say() end } }
