-- Shows a secret that it declares, whole, doubled and in an error.
-- expect: refused "hostile"
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", params = { word = param.secret{ default = "ESC" .. "APED-by-a-secret" } }, run = function(p)
    print(p.word, p.word .. p.word)
    sp.log(p.word)
    error("hostile " .. p.word)
end }
