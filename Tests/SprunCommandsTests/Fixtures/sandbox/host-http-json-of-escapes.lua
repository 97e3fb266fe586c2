-- It sends JSON of 15 MB of control characters, each of which is sent as six.
-- expect: harmless
for i = 1, 20 do
    pcall(http.request, { method = "POST", url = "https://a.example/", json = { x = ("\1"):rep(15 << 20), i }, planned = {} })
    pcall(http.request, { method = "POST", url = "https://a.example/", json = { x = ("\1"):rep(15 << 20) }, planned = {} })
end
print("harmless")
