return recipe { name = "lib", version = "1.0.0", summary = "A library", exports = { ask = function(name) return sp.secret(name) end } }
