-- It lets the host learn a key of 5 MB, and prints as much that begins like it.
-- expect: limit cpu
pcall(sp.cloud_init, { id = "x", apikey = ("q"):rep(5 << 20) .. "z" }, {})
for _ = 1, 20 do print(("q"):rep(5 << 20)) end
print("ESCAPED: the host held it all")
