-- Asks for secret after secret.
-- expect: limit cpu
for i = 1, 1e9 do sp.secret(("s"):rep(1000) .. i) end
