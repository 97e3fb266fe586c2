-- It prints a token as URLs, JSON, HTML, shells, base64 and hexadecimal would write it, where the host knows them.
-- expect: harmless
local secret = "ESC" .. "APED/tok en\"of&a<recipe>"
http.get("https://a.example/", { headers = { ["X-Token"] = secret }, planned = {} })
local function each(f) return (secret:gsub("[^%w]", f)) end
local writings = {
    secret, each(function(c) return ("%%%02X"):format(c:byte()) end), each(function(c) return ("%%%02x"):format(c:byte()) end), (secret:gsub(" ", "+")),
    (secret:gsub('["/\\]', "\\%0")), each(function(c) return ("\\u%04x"):format(c:byte()) end), each(function(c) return ("&#%d;"):format(c:byte()) end),
    (secret:gsub("&", "&amp;"):gsub("<", "&lt;"):gsub(">", "&gt;"):gsub('"', "&quot;")),
}
for _, text in ipairs(writings) do print(text) print("x" .. text .. "y") sp.log(text) end
print("harmless")
