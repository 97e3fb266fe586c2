-- Declares parameters of each kind with options that are none.
-- expect: harmless
local values = { true, 1, -1, 0/0, math.huge, 1e300, "x", "\27[2J", ("x"):rep(100000), {}, { {} }, { x = 1 }, print, sp.null, sp, param }
local options = { "required", "default", "doc", "example", "values", "min", "max", "pattern", "server", "of", "place", "param", "name", "\0" }
for kind, declare in pairs(param) do
    for _, option in ipairs(options) do
        for _, value in ipairs(values) do pcall(declare, { [option] = value }) end
    end
    for _, value in ipairs(values) do pcall(declare, value) end
end
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = function() print("harmless") end }
