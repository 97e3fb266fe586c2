-- Sends a key of 4 MB, more than the server takes.
-- expect: refused "larger than 1048576 bytes"
-- finding: a refusal by HTTP 413 is taken for a lost answer: sent five times, then a person is to decide
local app = sp.apps()[1]
sp.add_ssl(app.id, { key = ("a"):rep(4 << 20) .. "PRIVATE KEY-----", cert = "-----BEGIN CERTIFICATE-----x", cacerts = sp.null })
