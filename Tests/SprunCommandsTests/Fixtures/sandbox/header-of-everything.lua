-- Gives recipe values of every type.
-- expect: harmless
for _, value in ipairs{ 1, 1.5, "x", true, print, coroutine.create(print), {}, { {} }, sp.null, _G, sp, param, string, recipe } do
    assert(not pcall(recipe, value), "ESCAPED: that is no header")
end
assert(not pcall(recipe))
assert(not pcall(recipe, nil))
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = function() print("harmless") end }
