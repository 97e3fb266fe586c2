-- Asks for secrets with names of 1 MB.
-- expect: refused "a name of at most 1 KiB"
for i = 1, 1e9 do sp.secret(("x"):rep(1 << 20) .. i) end
