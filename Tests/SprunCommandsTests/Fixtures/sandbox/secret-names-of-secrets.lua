-- It generates secrets whose names are other secrets, and prints what names them.
-- expect: harmless
local token = "ESC" .. "APED-token-of-a-recipe"
http.get("https://a.example/", { headers = { ["X-Token"] = token }, planned = {} })
local made = sp.secret(token)
print(made, select(2, pcall(sp.secret, token, { length = 9 })))
print(select(2, pcall(sp.secret, made, { length = 300 })), select(2, pcall(sp.secret, made:reveal(), { length = 300 })))
sp.secret(made:reveal())
print(select(2, pcall(sp.result, { [made] = made })))
sp.result{ [made:reveal()] = made:reveal(), x = sp.secret("unused") }
print("harmless")
