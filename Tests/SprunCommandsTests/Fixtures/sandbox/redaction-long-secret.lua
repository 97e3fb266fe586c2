-- Lets the host learn a key of 900 kB, and prints 10 MB that begin like it at every place.
-- expect: limit cpu
-- finding: a text is searched for a secret byte by byte, which takes the product of their lengths
local app = sp.apps()[1]
pcall(sp.add_ssl, app.id, { key = ("a"):rep(900000) .. "PRIVATE KEY-----", cert = "-----BEGIN CERTIFICATE-----x", cacerts = sp.null })
print(("a"):rep(10 << 20))
