-- It asks hosts that are spelled unlike those that it needs, or have another port.
-- expect: harmless
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", needs = { http = { "api.example" } }, run = function()
    for _, url in ipairs{ "https://api.example:8443/", "https://api.example.evil/", "https://xapi.example/", "https://api.example@evil/", "https://evil/#api.example",
        "https://evil\\@api.example/", "https://api.example%2eevil/", "https://api\u{2024}example/", "https://api.example\u{3002}evil/", "https://127.0.0.1/", "https://[::1]/",
        "https://api.example..evil/", "https:///api.example", "https:api.example", "//api.example/", "ftp://api.example/", "https://evil?api.example", "https://\u{ff41}pi.exampl\u{435}/" } do
        if pcall(http.get, url, { planned = {} }) then print("ESCAPED: it asked " .. url) end
    end
    if not pcall(http.get, "https://api.example/", { planned = {} }) then print("ESCAPED: it may not ask what it needs") end
    print("harmless")
end }
