-- Changes the module of kinds, and sp.params.
-- expect: harmless
for _, module in ipairs{ param, sp, dns } do
    assert(not pcall(rawset, module, "x", 1), "ESCAPED")
    assert(not pcall(function() module.x = 1 end), "ESCAPED")
    assert(not pcall(setmetatable, module, {}), "ESCAPED")
    assert(not pcall(table.insert, module, 1), "ESCAPED")
    assert(getmetatable(module) == false and rawget(module, "string") == nil and next(module) == nil)
end
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = function() print("harmless") end }
