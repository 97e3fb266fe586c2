-- Makes its header in a coroutine and in places that cannot wait.
-- expect: harmless
local function make() return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = function() print("harmless") end } end
pcall(table.sort, { 1, 2 }, function() pcall(make) return false end)
pcall(coroutine.wrap(function() coroutine.wrap(make)() end))
return nil
