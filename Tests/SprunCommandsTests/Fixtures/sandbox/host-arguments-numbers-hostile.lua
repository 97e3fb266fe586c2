-- Passes numbers at the ends of what an integer and a float hold.
-- expect: harmless
for _, number in ipairs{ 2 ^ 63, -2 ^ 63, 2 ^ 53 + 1, 1e300, -1e300, 5e-324, -0.0, 2 ^ 31, 2 ^ 32, 1e15, 0.1 } do
    for name, member in pairs(sp) do
        if type(member) == "function" then
            pcall(member, number)
            pcall(member, "x", number)
            pcall(member, number, number)
            pcall(member, { number })
            pcall(member, { 1 }, function() end, { limit = number })
            pcall(member, {}, { timeout = number })
            pcall(member, "x", { length = number })
        end
    end
end
print("harmless")
