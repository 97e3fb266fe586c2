-- It resumes in a recipe without needs a coroutine that a library with needs has begun.
-- expect: refused "a coroutine cannot be passed to another module"
local lib = import "lib"
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = function()
    local co = lib.coroutine()
    pcall(coroutine.resume, co, "escaped-a")
    pcall(function() lib.wrapped()("escaped-b") end)
    pcall(sp.each, { "escaped-c" }, lib.wrapped())
    for _, user in ipairs(sp.sysusers()) do if user.name:find("escaped") then print("ESCAPED: it made " .. user.name) end end
    print("harmless")
end }
