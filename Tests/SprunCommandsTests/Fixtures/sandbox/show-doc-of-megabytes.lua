-- It fills a page with a description, docs and examples of marks of Markdown, as long as they may be.
-- expect: shown
-- command: doc
local text = ("*_`#|[](<>)\\~!-+=:&"):rep(100)
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", description = text:rep(8), examples = { text, text },
    params = { a = param.string{ doc = text, example = text, default = text }, b = param.enum{ values = { text:sub(1, 500), "x" } } },
    returns = { a = "string" }, run = function() end }
