-- Lets the host learn a key of 900 kB, and prints 4 MB that begin like it at every place.
-- expect: harmless
local app = sp.apps()[1]
pcall(sp.add_ssl, app.id, { key = ("a"):rep(900000) .. "PRIVATE KEY-----", cert = "-----BEGIN CERTIFICATE-----x", cacerts = sp.null })
print(("a"):rep(4 << 20))
print("harmless")
