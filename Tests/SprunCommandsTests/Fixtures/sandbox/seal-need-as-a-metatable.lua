-- It says by a metatable that it needs to reveal secrets, so that the question may show another need: it is refused.
-- expect: refused "needs.secrets must be"
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", needs = { secrets = setmetatable({}, { __tostring = function() return "reveal" end, __eq = function() return true end }) },
    run = function() print("ESCAPED: " .. #sp.secret("x"):reveal()) end }
