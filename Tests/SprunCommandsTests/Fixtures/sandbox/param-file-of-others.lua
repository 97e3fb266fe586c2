-- A file is read because a default names it.
-- expect: refused "a file parameter cannot have a default"
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", params = { a = param.file{ default = "/etc/passwd" }, b = param.file{ default = "../output" } }, run = function(p)
    print(p.a:find("root:", 1, true) and "ESCAPED: it has /etc/passwd" or "harmless")
end }
