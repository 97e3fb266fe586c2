-- A recipe without the need has a file without a header, which is a part of it, reveal secrets.
-- expect: harmless
local part = import "./part.lua"
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = function()
    for _, try in ipairs{ function() return part.read(sp.secret("x")) end, function() return part.own() end, function() return load("return sp.secret('x'):reveal()")() end,
        function() return import("./late.lua") end, function() return part.late() end } do
        local ok, text = pcall(try)
        if ok and type(text) == "string" and text:find(("%w"):rep(24)) then print("ESCAPED: a part reads it") end
    end
    print("harmless")
end }
