-- Passes numbers that no JSON has.
-- expect: refused "SP0204"
for _, number in ipairs{ 0 / 0, math.huge, -math.huge } do
    pcall(sp.apps, { name = number })
    pcall(sp.find_app, { name = number })
    pcall(sp.force_ssl, "x", number)
end
sp.create_app{ name = 0 / 0 }
