-- It fails in a line whose text is a token that the host has learned from elsewhere.
-- expect: refused "<redacted>"
http.get("https://a.example/", { headers = { ["X-Token"] = ("%s-%s"):format("token", "of-a-recipe") }, planned = {} })
local t = { ["token-of-a-recipe"] = 1, fail = function() error("'token-of-a-recipe' is wrong") end } t.fail()
