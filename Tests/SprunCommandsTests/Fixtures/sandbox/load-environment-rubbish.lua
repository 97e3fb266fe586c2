-- Gives load an environment that is no table.
-- expect: harmless
for _, environment in ipairs{ 1, "x", true, sp.null, print, coroutine.create(print) } do
    local can, chunk = pcall(load, "x = y", "x", "t", environment)
    if can and chunk then pcall(chunk) end
end
print("harmless")
