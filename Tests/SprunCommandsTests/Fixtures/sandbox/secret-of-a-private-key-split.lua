-- It prints a private key in pieces, lines, with blanks, other line ends and in JSON.
-- expect: harmless
local body = "ESC" .. "APED" .. ("k"):rep(60)
local key = "-----BEGIN RSA PRIVATE KEY-----\n" .. body .. "\n" .. body .. "\n-----END RSA PRIVATE KEY-----"
print(key)
print((key:gsub("\n", "\r\n")), (key:gsub("\n", "\\n")), (key:gsub("\n", " ")))
print("x " .. key .. " y " .. key)
print(key:sub(1, -10))
print(key:sub(12))
sp.log(key)
sp.warn(key:upper():gsub("RSA", "EC"))
print("harmless")
