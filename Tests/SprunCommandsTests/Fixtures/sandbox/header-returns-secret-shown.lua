-- Prints what its header calls a secret, in pieces.
-- expect: harmless
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", returns = { word = "secret" }, run = function()
    print("harmless")
    return { word = "ESC" .. "APEDNOT" }
end }
