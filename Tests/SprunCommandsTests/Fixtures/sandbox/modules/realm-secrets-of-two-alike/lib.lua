return recipe { name = "same", version = "1.0.0", summary = "A library", exports = { ask = function() return sp.secret("password") end } }
