-- Gives other things than its header says.
-- expect: refused "must be one line of plain text"
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", returns = { a = "string", b = "secret", ["\27[2J"] = "integer" },
    run = function() return setmetatable({ a = print, c = {}, ["\27[31m"] = 1 }, { __index = { b = "x" } }) end }
