-- It prints texts in which a token would come to be when another is taken out of its middle.
-- expect: harmless
local secret = "ESC" .. "APED-token-of-a-recipe"
http.get("https://a.example/", { headers = { ["X-Token"] = secret }, planned = {} })
for place = 1, 6 do print(secret:sub(1, place) .. secret .. secret:sub(place + 1)) end
print("harmless")
