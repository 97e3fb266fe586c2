return recipe { name = "lib", version = "1.0.0", summary = "A library", needs = {  }, exports = { secret = function(name) return sp.secret(name) end } }
