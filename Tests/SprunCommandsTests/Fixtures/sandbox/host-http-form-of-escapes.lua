-- It sends forms of 15 MB of characters, each of which is sent as three.
-- expect: harmless
for i = 1, 20 do
    pcall(http.request, { method = "POST", url = "https://a.example/", form = { x = ("\1"):rep(15 << 20), y = i }, planned = {} })
end
print("harmless")
