-- Passes an unknown argument whose name has 10 MB, and keeps the error.
-- expect: harmless
local name, failures = ("x"):rep(5 << 20), {}
for i = 1, 10 do failures[i] = select(2, pcall(sp.create_app, { [name .. i] = 1 })) end
print("harmless")
