-- It returns weak tables whose values are collected while the result is being read.
-- expect: harmless
local weak = setmetatable({}, { __mode = "v" })
for i = 1, 50000 do weak[i] = { i } end
sp.result{ kept = 1 }
for i = 1, 5 do pcall(sp.result, { weak = weak }) local _ = ("x"):rep(1000000) .. i end
print("harmless")
