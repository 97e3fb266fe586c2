-- It gives arithmetic and math functions numbers as texts of 4 MB.
-- expect: harmless
local text = ("9"):rep(4 << 20)
pcall(function() return text + 1, text // 2, -text end)
pcall(tonumber, text)
pcall(tonumber, text, 36)
pcall(math.floor, text)
pcall(math.tointeger, text)
pcall(sp.random, text)
pcall(sp.sleep, text)
pcall(sp.compare_runtimes, "php" .. text, "php1." .. text)
for i = 1, 2 do pcall(string.format, "%d", text) end
print("harmless")
