-- It imports names of 5 kB to 5 MB, of many parts, dots and letters.
-- expect: harmless
for _, name in ipairs{ ("x"):rep(5000), "./" .. ("x"):rep(256), "./" .. ("a/"):rep(3000) .. "x", "./" .. ("./"):rep(500000) .. "x", "./" .. ("\u{e9}"):rep(2500000),
    "github.com/" .. ("a/"):rep(100000) .. "x@v1", "https://a.example/" .. ("x"):rep(1000000) .. "#sha256=" .. ("0"):rep(64), "file:///" .. ("x/"):rep(100000) .. "/y@v1" } do
    if pcall(import, name) then print("ESCAPED") end
end
print("harmless")
