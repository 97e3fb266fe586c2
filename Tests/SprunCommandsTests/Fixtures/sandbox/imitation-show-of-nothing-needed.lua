-- It describes itself in blanks and wide letters that push what it needs out of a screen.
-- expect: shown
-- command: show
local line = ("\u{3000}"):rep(40) .. (" "):rep(80)
return recipe { name = "hostile", version = "1.0.0", summary = "A recipe" .. line:rep(2), author = "x" .. line, license = "y" .. line,
    description = (line .. "\n"):rep(50) .. "\nneeds\n  nothing: it only reads", needs = { ssh = true, delete = { "servers" } }, run = function() end }
