return recipe { name = "lib", version = "1.0.0", summary = "A recipe", params = { w = param.string{}, l = param.list{ of = param.string{} }, e = param.enum{ values = { "a" } }, n = param.number{},
    i = param.integer{}, b = param.boolean{}, t = param.duration{}, d = param.domain{}, server = param.server{}, app = param.app{}, runtime = param.runtime{} }, run = function() return {} end }
