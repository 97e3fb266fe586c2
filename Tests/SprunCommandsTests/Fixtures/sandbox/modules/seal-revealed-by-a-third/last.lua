return recipe { name = "last", version = "1.0.0", summary = "A recipe", needs = { secrets = "reveal" }, params = { s = param.secret{} }, run = function(p)
    print("ESCAPED: " .. #p.s:reveal())
    return {}
end }
