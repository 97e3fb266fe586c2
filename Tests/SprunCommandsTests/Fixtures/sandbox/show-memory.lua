-- Takes all memory where it is shown.
-- expect: limit memory
-- command: show
local all = {}
while true do all[#all + 1] = ("x"):rep(100000) .. #all end
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = function() print("harmless") end }
