-- It lets the host learn a key of 4 MB, and prints as much that begins like it.
-- expect: limit cpu
pcall(sp.cloud_init, { id = "x", apikey = ("q"):rep(4 << 20) .. "z" }, {})
for _ = 1, 20 do print(("q"):rep(4 << 20)) end
print("ESCAPED: the host held it all")
