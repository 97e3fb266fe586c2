-- It lets the host learn 600 keys that begin alike, and ends with an error of 6 MB that begins like each of them.
-- expect: refused "SP0202"
for i = 1, 600 do pcall(sp.cloud_init, { id = "x", apikey = ("ab"):rep(1000) .. i }, {}) end
error(("ab"):rep(3000000))
