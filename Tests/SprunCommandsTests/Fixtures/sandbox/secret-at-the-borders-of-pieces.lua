-- It prints long texts in which a token stands over each place where a text may be searched in pieces.
-- expect: harmless
local secret = "ESC" .. "APED-token-of-a-recipe"
http.get("https://a.example/", { headers = { ["X-Token"] = secret }, planned = {} })
for _, size in ipairs{ 1 << 12, 1 << 13, 1 << 16, 1 << 17, 1 << 18, (1 << 18) + 400, 1 << 19, 1 << 20 } do
    for _, before in ipairs{ 0, 1, 7, 13, #secret - 1, #secret, 500, 900 } do
        print(("x"):rep(size - before) .. secret .. ("y"):rep(600))
    end
end
print("harmless")
