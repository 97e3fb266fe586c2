-- It gives the host arguments just below, at and above 16 MiB.
-- expect: harmless
for _, less in ipairs{ 64, 16, 8, 5, 4, 1, 0, -1, -100 } do
    pcall(sp.log, ("x"):rep((16 << 20) - less))
    pcall(sp.short_name, ("x"):rep((16 << 20) - less), 8)
    pcall(sp.list, { ("x"):rep((16 << 20) - less) })
end
print("harmless")
