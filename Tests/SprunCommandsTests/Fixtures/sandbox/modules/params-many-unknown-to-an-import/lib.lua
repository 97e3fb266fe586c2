local params = {}
for i = 1, 900 do params["parameter_of_the_library_" .. i] = param.string{} end
return recipe { name = "lib", version = "1.0.0", summary = "A recipe", params = params, run = function() end }
