-- It generates and reveals a secret while its header is read, and is only shown.
-- expect: shown
-- command: show
local ok, secret = pcall(sp.secret, "x")
if ok then print("ESCAPED: it has a secret") end
local done, text = pcall(string.reveal, ok and secret or "\u{f8f0}" .. ("0"):rep(32) .. "\u{f8f1}")
if done and text:find(("%w"):rep(24)) and pcall(string.upper, text) then print("ESCAPED: it has the text") end
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", needs = { secrets = "reveal" }, params = { s = param.secret{ doc = "A secret." } },
    run = function(p) print("ESCAPED: it ran") end }
