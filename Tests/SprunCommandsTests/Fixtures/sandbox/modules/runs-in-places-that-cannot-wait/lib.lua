return recipe { name = "lib", version = "1.0.0", summary = "A recipe",  run = function() sp.sleep(1) return {} end }
