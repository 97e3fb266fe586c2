return recipe { name = "lib", version = "1.0.0", summary = "A library", needs = { dns = true }, exports = { ask = function() return dns.addresses("localhost") end } }
