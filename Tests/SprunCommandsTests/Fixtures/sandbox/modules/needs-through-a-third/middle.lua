local lib = import "lib"
return recipe { name = "lib", version = "1.0.0", summary = "A library", needs = {  }, exports = { make = function() lib.make() end, get = function() return lib end } }
