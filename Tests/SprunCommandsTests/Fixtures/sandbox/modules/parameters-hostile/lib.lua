return recipe { name = "lib", version = "1.0.0", summary = "A recipe", params = { a = param.string{}, b = param.list{} }, run = function() end }
