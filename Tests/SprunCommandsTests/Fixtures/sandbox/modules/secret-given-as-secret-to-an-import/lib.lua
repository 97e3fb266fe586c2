return recipe { name = "lib", version = "1.0.0", summary = "A recipe", needs = { secrets = "reveal" },
    params = { s = param.secret{} }, returns = { s = "secret", text = "secret" }, run = function(p)
    print(p.s, p.s:reveal())
    sp.log(p.s)
    sp.log(p.s:reveal())
    return { s = p.s, text = p.s:reveal() }
end }
