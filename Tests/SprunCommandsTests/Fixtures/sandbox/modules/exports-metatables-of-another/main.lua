-- It changes the metatable of a table that a library keeps, to take part in what the library does with it.
-- expect: harmless
local lib = import "lib"
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = function()
    local kept, meta = lib.table()
    if type(kept) == "table" then pcall(setmetatable, kept, nil) pcall(rawset, kept, "x", print) end
    if type(meta) == "table" then pcall(rawset, meta, "__index", print) end
    pcall(lib.look, kept)
    print("harmless")
end }
