return recipe { name = "lib", version = "1.0.0", summary = "A library", exports = { give = function() return sp.secret("theirs") end } }
