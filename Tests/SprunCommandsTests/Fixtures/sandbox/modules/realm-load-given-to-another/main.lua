-- It takes load, import and the globals of a module without needs, and works with them.
-- expect: harmless
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = function()
    local lib = import "lib"
    local their_load, theirs, set, raw, their_import, their_sp = lib.get()
    pcall(raw, theirs, "planted", 1)
    pcall(set, theirs, { __index = _G })
    local chunk = their_load("return planted, sp, _G")
    local _, a, b, g = pcall(chunk)
    if g == _G then print("ESCAPED: load gave the globals of another") end
    pcall(their_import, "../output")
    pcall(function() their_sp.create_server{ name = "escaped" } end)
    for _, server in ipairs(sp.servers()) do if server.name == "escaped" then print("ESCAPED: it made a server") end end
    print("harmless")
end }
