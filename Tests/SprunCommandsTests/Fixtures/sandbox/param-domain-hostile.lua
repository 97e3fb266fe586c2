-- Domains that are none.
-- expect: refused "is not a domain"
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", params = {
    a = param.domain{ default = ("a."):rep(30000) }, b = param.domain{ default = "a\0.example" },
    c = param.domain{ default = "*.*.example" }, d = param.domain{ default = "\u{130}.example" }, e = param.domain{ default = "." },
}, run = function() print("harmless") end }
