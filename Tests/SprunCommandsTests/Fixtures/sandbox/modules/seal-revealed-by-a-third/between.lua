local last = import "last"
return recipe { name = "between", version = "1.0.0", summary = "A recipe", params = { s = param.secret{} }, run = function(p)
    last{ s = p.s .. "!" }
    return {}
end }
