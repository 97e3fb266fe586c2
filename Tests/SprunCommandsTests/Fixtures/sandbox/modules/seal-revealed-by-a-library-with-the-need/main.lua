-- A library with the need reveals secrets of its importer, who has not the need, by the functions that it exports.
-- expect: harmless
local lib = import "lib"
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = function()
    local secret = sp.secret("x")
    local table = { deep = { secret }, [secret] = secret }
    for name, try in pairs{ reveal = function() return lib.reveal(secret) end, ["string.reveal"] = function() return lib.handed(secret) end, joined = function() return lib.reveal("x" .. secret) end,
        inside = function() return lib.inside(table) end, own = function() return lib.own() end, coroutine = function() return coroutine.wrap(lib.reveal)(secret) end,
        callback = function() return lib.call(function() return secret end) end, each = function() return sp.each({ secret }, lib.reveal)[1] end, together = function() return lib.together(secret) end } do
        local ok, text = pcall(try)
        if ok and type(text) == "string" and pcall(string.upper, text) then print("ESCAPED: revealed by " .. name) end
    end
    print("harmless")
end }
