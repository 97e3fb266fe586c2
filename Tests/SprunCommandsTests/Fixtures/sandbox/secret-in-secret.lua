-- It lets the host learn tokens that hold, begin and end each other, and prints them overlapped.
-- expect: harmless
local one, two, three = "ESC" .. "APED-first-part", "first-part-and-second", "ESC" .. "APED-first-part-and-second-and-third"
for _, secret in ipairs{ one, two, three, "<redacted>", "redacted", "<redacted>ESC" .. "APED" } do
    pcall(http.get, "https://a.example/", { headers = { ["X-Token"] = secret }, planned = {} })
    pcall(sp.cloud_init, { id = "x", apikey = secret }, {})
end
print(one .. "-and-second-and-third", three, one .. one, two .. three, ("ESC" .. "APED-first-part-and-"):rep(30))
print("<redacted><redacted>redacted", "ESC<redacted>")
print("harmless")
