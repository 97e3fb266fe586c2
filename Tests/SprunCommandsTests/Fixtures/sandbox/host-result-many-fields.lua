-- Sets a result of 300,000 fields.
-- expect: harmless
local result = {}
for i = 1, 150000 do result["k" .. i] = i end
sp.result(result)
print("harmless")
