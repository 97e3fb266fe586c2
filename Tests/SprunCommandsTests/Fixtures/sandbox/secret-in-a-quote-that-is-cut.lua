-- It plans a reply whose text is a token behind so many letters that the quote of it ends in the token.
-- expect: harmless
local secret = "ESC" .. "APED-token-of-a-recipe"
for length = 260, 310 do
    local ok, failure = pcall(http.get, "https://a.example/", { headers = { ["X-Token"] = secret },
        planned = { status = 500, body = ("x"):rep(length) .. secret .. ("y"):rep(50) } })
    print(failure)
    local text = tostring(failure)
    if text:find("ESC" .. "APED%-tok") then print("ESC" .. "APED: a part of it is quoted: " .. text:sub(-12)) break end
end
print("harmless")
