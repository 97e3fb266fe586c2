return recipe { name = "lib", version = "1.0.0", summary = "A recipe",  run = function() while true do end end }
