-- It ends with an error of 500,000 beginnings of first and last lines of keys.
-- expect: refused "SP0202"
error(("-----BEGIN -----END "):rep(500000) .. "PRIVATE KEY-----")
