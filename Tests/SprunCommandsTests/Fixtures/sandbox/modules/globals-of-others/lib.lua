from_lib = true
local found = rawget(_G, "secret_of_main")
pcall(function() found = found or secret_of_main end)
pcall(function() found = found or load("return secret_of_main")() end)
return { found = found }
