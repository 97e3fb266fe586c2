-- It gives an imported recipe a token where numbers, words and domains are expected, and prints what it says.
-- expect: harmless
local secret = "ESC" .. "APED-token-of-a-recipe"
http.get("https://a.example/", { headers = { ["X-Token"] = secret }, planned = {} })
local lib = import "lib"
for _, name in ipairs{ "n", "e", "d", "t", "s", secret } do print(select(2, pcall(lib, { [name] = secret }))) end
print(select(2, pcall(lib, { s = "ESC" .. "APED-given-as-a-secret" })))
print("harmless")
