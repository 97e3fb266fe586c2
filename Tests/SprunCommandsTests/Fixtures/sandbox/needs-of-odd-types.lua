-- It declares needs whose words are numbers, functions, tables with metatables, and nested lists.
-- expect: refused "SP0209"
local trap = setmetatable({}, { __index = function() return "servers" end, __len = function() return 1 end, __pairs = function() return next, { "servers" } end })
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe",
    needs = { create = { 1, {}, print, "servers\0", "*", "" }, delete = trap, update = true, http = { 1, "*", "*.example", "", ".", "a.example:x" }, ssh = 1, read = "x",
        dns = "yes", [1] = "create" }, run = function() print("ESCAPED") end }
