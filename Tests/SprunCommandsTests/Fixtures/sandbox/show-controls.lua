-- Describes itself with sequences for terminals, where it is shown and not run.
-- expect: refused "must be one line of plain text"
-- command: show
local e = "\27[2J\27]0;title\7\r\0\u{9b}31m\u{202e}"
return recipe { name = "hostile", version = "1.0.0", summary = "s" .. e, description = "d\n" .. e, author = e, license = e,
    needs = { http = { e }, read = { e } }, params = { a = param.string{ default = e, doc = e, example = e, pattern = e } },
    returns = { ["r" .. e] = "string" }, examples = { e, "\n" .. e }, run = function() print("ESCAPED") end }
