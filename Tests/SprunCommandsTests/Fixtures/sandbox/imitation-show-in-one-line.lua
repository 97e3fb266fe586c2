-- It documents itself in single lines that are filled with blanks up to a section of sprun.
-- expect: shown
-- command: show
local function line(text) return text .. (" "):rep(76 - #text) end
local text = line("x") .. line("") .. line("needs") .. "  nothing: it only reads"
return recipe { name = "hostile", version = "1.0.0", summary = text, author = text, license = text,
    params = { a = param.string{ doc = text, example = text, default = text } }, examples = { text }, needs = { delete = { "servers" } },
    run = function() end }
