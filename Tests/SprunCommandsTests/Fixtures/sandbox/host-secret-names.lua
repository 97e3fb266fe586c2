-- Asks for secrets with names that look like paths, hold NUL and newlines, or are 1 KiB long; 1 MB is refused.
-- expect: harmless
for _, name in ipairs{ "a/../b", "../../ESCAPED", "/etc/passwd", "a\0b", "a\nb", "\27[2J", ("x"):rep(1 << 10), "\u{202e}", ".", ".." } do
    local secret = sp.secret(name)
    local text = secret:reveal()
    if #text ~= 24 or secret ~= sp.secret(name) or text ~= sp.secret(name):reveal() then print("ESCAPED") end
end
for _, name in ipairs{ "", ("x"):rep(1 << 20), "\xff", 1, {}, true, sp.null } do pcall(sp.secret, name) end
print("harmless")
