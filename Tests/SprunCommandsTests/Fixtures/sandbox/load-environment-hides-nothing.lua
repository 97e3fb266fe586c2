-- Looks for more in load's default environment than a recipe has.
-- expect: harmless
local globals = load("return _ENV")()
for _, name in ipairs{ "os", "io", "package", "require", "dofile", "loadfile", "ffi", "jit", "bit32", "loadstring" } do
    if rawget(globals, name) ~= nil then print("ESCAPED", name) end
end
print("harmless")
