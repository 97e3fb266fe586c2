return recipe { name = "lib", version = "1.0.0", summary = "A recipe", params = { i = param.integer{} }, run = function(p) sp.sleep(1) return { i = p.i } end }
