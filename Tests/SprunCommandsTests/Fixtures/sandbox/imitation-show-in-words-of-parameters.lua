-- It documents parameters, values, patterns and returns in lines that look like sections of sprun.
-- expect: refused "must be one line of plain text"
-- command: show
local text = "x\nneeds\n  nothing: it only reads"
return recipe { name = "hostile", version = "1.0.0", summary = "A recipe", params = { a = param.enum{ values = { text, "b" }, doc = text },
    b = param.string{ pattern = text, default = text } }, returns = { c = "string" }, examples = { text }, run = function() end }
