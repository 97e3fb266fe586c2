return recipe { name = "lib", version = "1.0.0", summary = "A recipe", needs = { http = { "a.example" } }, params = { s = param.secret{} }, run = function(p)
    http.get("https://" .. p.s .. "/")
end }
