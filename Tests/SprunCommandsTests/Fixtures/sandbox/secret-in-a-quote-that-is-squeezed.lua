-- It plans a reply with a token whose blanks the quote of it changes.
-- expect: harmless
local secret = "ESC" .. "APED  token   of a recipe"
local ok, failure = pcall(http.get, "https://a.example/", { headers = { ["X-Token"] = secret }, planned = { status = 500, body = "you sent " .. secret .. "." } })
print(failure)
print("harmless")
