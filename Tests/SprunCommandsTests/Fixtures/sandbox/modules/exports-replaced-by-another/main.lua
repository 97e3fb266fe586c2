-- It changes what one module exports, so that another module calls something else.
-- expect: harmless
local other = import "other"
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = function()
    local lib = import "lib"
    pcall(function() lib.say = function() return "ESC" .. "APED" end end)
    pcall(rawset, lib, "say", function() return "ESC" .. "APED" end)
    pcall(setmetatable, lib, { __index = print })
    local again = import "./lib.lua"
    pcall(rawset, again, "say", function() return "ESC" .. "APED" end)
    print(other.ask())
    print("harmless")
end }
