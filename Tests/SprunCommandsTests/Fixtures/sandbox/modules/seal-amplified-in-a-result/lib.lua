return recipe { name = "lib", version = "1.0.0", summary = "A recipe", params = { s = param.secret{} }, returns = { s = "secret" }, run = function(p) return { s = p.s } end }
