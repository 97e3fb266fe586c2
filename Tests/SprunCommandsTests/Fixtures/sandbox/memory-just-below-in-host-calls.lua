-- Fills memory to just below the limit, and calls every function of the host there.
-- expect: harmless
local names, kept, size = {}, {}, 1 << 20
for name, member in pairs(sp) do
    if type(member) == "function" then names[#names + 1] = name end
end
while size > 32 do
    local can, text = pcall(string.rep, "x", size)
    if can then kept[#kept + 1] = text else size = size // 2 end
end
for _ = 1, 20 do kept[#kept] = nil end
for _, name in ipairs(names) do
    pcall(function() sp[name]() end)
    pcall(function() sp[name]("x") end)
    pcall(function() sp[name]{ name = "x" } end)
    pcall(function() sp[name]{ function() return {} end } end)
end
kept = nil
print("harmless")
