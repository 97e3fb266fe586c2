-- It gets functions in the result of an imported recipe that grants more than it, and calls them after its end.
-- expect: harmless
local lib = import "lib"
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = function()
    local ok, given = pcall(lib, {})
    if ok and type(given) == "table" and type(given.f) == "table" then pcall(given.f.call or print) end
    for _, user in ipairs(sp.sysusers()) do if user.name == "escaped" then print("ESCAPED: it made what it may not") end end
    print("harmless")
end }
