-- It prints a token between marks, joiners, broken bytes and zeros, which must not hide it.
-- expect: harmless
local secret = "ESC" .. "APED-token-of-a-recipe"
http.get("https://a.example/", { headers = { ["X-Token"] = secret }, planned = {} })
for _, around in ipairs{ "\u{301}", "\u{200d}", "\u{202e}", "\0", "\27[8m", "\xff", "\xe2\x80", "\r", "\n", "\u{1F1E6}", "\u{fe0f}", "e", "\\", "%", "&#", "\\u", "%2" } do
    print(around .. secret .. around)
    print(secret .. around .. secret)
    pcall(sp.log, around .. secret .. around)
end
print("harmless")
