return recipe { name = "lib", version = "1.0.0", summary = "A library", exports = { say = function() return "its own" end } }
