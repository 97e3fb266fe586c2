-- Describes itself with sequences for terminals, where it is a page.
-- expect: refused "must be one line of plain text"
-- command: doc
local e = "\27[2J\27]0;title\7\r\0\u{9b}31m"
return recipe { name = "hostile", version = "1.0.0", summary = "s" .. e, description = "d\n" .. e .. "\n```\n# x", author = e, license = e,
    params = { a = param.string{ default = e, doc = e .. "|x|\n|y|", example = e } },
    returns = { ["r" .. e] = "string" }, examples = { e, "```" }, run = function() print("ESCAPED") end }
