-- It passes secrets with quotes, lines, NUL, escapes and marks of direction to requests, scripts, files and messages.
-- expect: harmless
local lib = import "lib"
for _, text in ipairs{ "ESC" .. "APED\0with\0nothing", "'ESC" .. "APED' \"and\" `more` $(x)", "first ESC" .. "APED\nsecond ESC" .. "APED\r\nthird", "\27[31mESC" .. "APED\27[0m\7", "\u{202e}ESC" .. "APED\u{feff}",
    "%s%d%n ESC" .. "APED %1", "\u{e9}\u{301} ESC" .. "APED", "ESC" .. "APED\\\"\\" } do
    local secret = lib{ s = text }.s
    print(secret, "x" .. secret .. "y")
    sp.log(secret .. secret)
    sp.warn(secret)
    print(pcall(ssh.run, { host = "192.0.2.1", script = "echo '" .. secret .. "'", stdin = secret, planned = {} }))
    print(pcall(ssh.copy, { host = "192.0.2.1", to = "/x", content = secret, planned = { changed = true } }))
    for _, request in ipairs{ { url = "https://a.example/" .. secret }, { url = "https://a.example/", body = secret }, { url = "https://a.example/", json = { [secret] = secret } },
        { url = "https://a.example/", form = { [secret] = secret } }, { url = "https://a.example/", headers = { x = secret } } } do
        request.method, request.planned = "PUT", {}
        print(pcall(http.request, request))
    end
    print(pcall(sp.create_sysuser, { serverid = sp.find_server{ name = "www1" }.id, name = "someone", password = secret }))
    print(pcall(error, secret), pcall(load("error('x')", "@" .. secret)))
end
print("harmless")
