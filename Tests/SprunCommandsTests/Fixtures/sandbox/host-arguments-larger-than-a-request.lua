-- Sends a key of 2 MB, more than the server takes.
-- expect: refused "larger than 1048576 bytes"
local app = sp.apps()[1]
sp.add_ssl(app.id, { key = ("a"):rep(2 << 20) .. "PRIVATE KEY-----", cert = "-----BEGIN CERTIFICATE-----x", cacerts = sp.null })
