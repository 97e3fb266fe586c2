return recipe { name = "lib", version = "1.0.0", summary = "A recipe", needs = { secrets = "reveal" }, params = { word = param.secret{} }, run = function(p)
    print(p.word, p.word .. p.word)
    sp.log(p.word)
    print(p.word:reveal(), p.word:reveal() .. p.word)
    sp.log(p.word:reveal())
    error("hostile " .. p.word .. p.word:reveal())
end }
