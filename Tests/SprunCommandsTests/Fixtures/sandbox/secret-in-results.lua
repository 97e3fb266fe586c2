-- It returns a token as a name, in lists, in nested tables and joined with others.
-- expect: shown
local secret = "ESC" .. "APED-token-of-a-recipe"
http.get("https://a.example/", { headers = { ["X-Token"] = secret }, planned = {} })
return { [secret] = 1, x = secret, list = { secret, "a" .. secret .. "b" }, deep = { { { [secret .. secret] = { secret } } } }, lines = "a\n" .. secret .. "\nb" }
