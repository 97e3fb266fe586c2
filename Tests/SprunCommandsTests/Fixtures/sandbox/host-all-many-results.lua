-- Returns 200,000 values from a function that runs side by side.
-- expect: harmless
local many = {}
for i = 1, 240000 do many[i] = i end
pcall(sp.all, { function() return table.unpack(many) end })
print("harmless")
