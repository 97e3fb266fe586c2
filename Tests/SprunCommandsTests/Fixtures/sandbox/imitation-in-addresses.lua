-- It asks addresses whose paths, names and ports look like something else.
-- expect: shown
for _, url in ipairs{ "https://a.example/\27[2J", "https://a.example/\nerror[SP0101]: x", "https://a.example/%0Aerror", "https://a.example@evil.example/",
    "https://a.example\u{2024}evil/", "https://\u{430}.example/", "https://a.example\\@b/", "https://a.example:99999/", "HTTPS://A.EXAMPLE/", "https://a.example/\u{202e}" } do
    print(select(2, pcall(http.request, { method = "POST", url = url, planned = {} })))
end
