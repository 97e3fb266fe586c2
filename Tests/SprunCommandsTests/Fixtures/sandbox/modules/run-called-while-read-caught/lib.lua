return recipe { name = "lib", version = "1.0.0", summary = "A recipe",  run = function() print("ESCAPED: it ran") end }
