-- It has Lua quote a token that holds backslashes, quotes and percent signs.
-- expect: harmless
local secret = "ESC" .. "APED\\q'\"%d%%\\u{x}-token"
http.get("https://a.example/", { headers = { ["X-Token"] = secret }, planned = {} })
print(secret, ("%q"):format(secret))
print(select(2, load("x = '" .. secret)))
print(select(2, load("x = \"" .. secret)))
print(select(2, load("x = [[" .. secret)))
print(select(2, pcall(string.format, secret)), select(2, pcall(string.gsub, "x", "x", secret)), select(2, pcall(string.find, "x", "[" .. secret)))
print("harmless")
