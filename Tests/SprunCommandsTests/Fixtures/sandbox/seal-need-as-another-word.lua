-- It needs secrets by words that look like the word, behind a metatable or with characters that cannot be seen: it is refused.
-- expect: refused "needs.secrets must be"
for _, word in ipairs{ "Reveal", "reveal ", "reveal\0", "revea\u{200b}l", "\u{202e}reveal" } do
    if pcall(recipe, { name = "x", version = "1.0.0", summary = "X", needs = { secrets = word }, run = print }) then print("ESCAPED: taken") end
end
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", needs = { secrets = "reveal\u{200b}" },
    run = function() print("ESCAPED: " .. #sp.secret("x"):reveal()) end }
