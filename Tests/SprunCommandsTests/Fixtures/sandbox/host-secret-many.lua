-- Asks for secret after secret.
-- expect: limit cpu
-- finding: each secret writes the file of all anew, and there is no most
for i = 1, 1e9 do sp.secret(("s"):rep(20000) .. i) end
