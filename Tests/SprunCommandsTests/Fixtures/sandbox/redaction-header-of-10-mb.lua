-- It gives requests a token of 10 MB in a header, which the host has to look for from then on.
-- expect: limit memory
for i = 1, 10 do http.get("https://a.example/", { headers = { Authorization = ("a "):rep(5000000) .. i }, planned = {} }) end
print("ESCAPED: the host held it all")
