-- Sends a key of 2 MB, more than the server takes.
-- expect: refused "larger than 1048576 bytes"
local app = sp.apps()[1]
local function pem(label, count)
    return "-----BEGIN " .. label .. "-----\n" .. ("a"):rep(count) .. "\n-----END " .. label .. "-----\n"
end
sp.add_ssl(app.id, { key = pem("PRIVATE KEY", 2 << 20), cert = pem("CERTIFICATE", 64), cacerts = sp.null })
