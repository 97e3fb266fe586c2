-- It returns tokens below names that are tokens, and sprun reports the places of the tokens.
-- expect: shown
local secret = "ESC" .. "APED-token-of-a-recipe"
http.get("https://a.example/", { headers = { ["X-Token"] = secret }, planned = {} })
local value = secret
for _ = 1, 9 do value = { [secret] = value, ["x." .. secret] = { value } } end
return value
