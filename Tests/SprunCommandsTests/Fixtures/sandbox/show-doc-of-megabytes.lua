-- It fills a page with a description, docs and examples of 1 MB of marks of Markdown.
-- expect: shown
-- command: doc
local text = ("*_`#|[](<>)\\~!-+=:&"):rep(50000)
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", description = text, examples = { text, text },
    params = { a = param.string{ doc = text, example = text, default = text }, b = param.enum{ values = { text, "x" } } },
    returns = { a = "string" }, run = function() end }
