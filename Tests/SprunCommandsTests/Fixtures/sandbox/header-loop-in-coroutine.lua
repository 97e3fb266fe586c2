-- Computes without end in coroutines before its header.
-- expect: limit cpu
while true do
    coroutine.wrap(function() pcall(coroutine.wrap(function() while true do end end)) end)()
end
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = function() print("harmless") end }
