return recipe { name = "lib", version = "1.0.0", summary = "A recipe", params = { s = param.secret{} }, returns = { s = "secret" }, run = function(p)
    print(p.s)
    sp.log(p.s)
    return { s = p.s }
end }
