-- It lets the host learn 600 keys that begin alike, and returns 6 MB that begin like each of them at every place.
-- expect: harmless
for i = 1, 600 do pcall(sp.cloud_init, { id = "x", apikey = ("a"):rep(2000) .. i }, {}) end
print("harmless")
return { x = ("a"):rep(6000000) }
