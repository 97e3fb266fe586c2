-- It names chunks by a token behind and before texts of all lengths, and prints their errors.
-- expect: harmless
local secret = "ESC" .. "APED_token_of_a_recipe"
http.get("https://a.example/", { headers = { ["X-Token"] = secret }, planned = {} })
for length = 0, 70 do
    local pad = ("p"):rep(length)
    for _, mark in ipairs{ "@", "=", "", "return " } do
        for _, name in ipairs{ mark .. pad .. secret, mark .. secret .. pad, mark .. pad .. secret .. "\n" .. pad } do
            print(select(2, pcall(load("error('x')", name) or error)))
            print(select(2, load("(", name)))
            pcall(load("sp.log('from here')", name))
        end
    end
end
print("harmless")
