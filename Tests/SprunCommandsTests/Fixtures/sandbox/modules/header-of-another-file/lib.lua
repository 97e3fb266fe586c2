return recipe { name = "lib", version = "1.0.0", summary = "A library", needs = { create = { "sysusers" } }, exports = { recipe = function(t) return recipe(t) end, raw = recipe } }
