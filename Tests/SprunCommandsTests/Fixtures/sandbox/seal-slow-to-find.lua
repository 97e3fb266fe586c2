-- It lets functions search long texts for seals that are almost there, after it has one.
-- expect: limit cpu
sp.secret("x")
local texts = { ("\xef"):rep(1 << 20), ("\u{f8f0}"):rep(1 << 18), ("\u{f8f0}" .. ("0"):rep(32)):rep(1 << 14), ("\u{f8f0}" .. ("0"):rep(31) .. "\u{f8f1}"):rep(1 << 14) }
while true do
    for _, text in ipairs(texts) do
        pcall(string.find, text, "z", -1) pcall(string.sub, text, 2, -2) pcall(string.len, text) pcall(string.byte, text, 1) pcall(string.upper, text)
        pcall(string.reveal, text) pcall(sp.log, text) pcall(string.format, "%q", text)
    end
end
