-- Gives string.format formats that are none.
-- expect: harmless
for _, format in ipairs{ "%", "%%%", "%z", "%99999d", "%.99999f", "%-+ #0s", "%10.123d", "%s", "%1", "%0.0.0d", "%\0",
    ("%d"):rep(1000), ("%"):rep(99999), "%*d", "%n", "%ls", "%hhn", "%$1s", "%1$s", "%q%q%q", "%5%", "% %p" } do
    pcall(string.format, format)
    pcall(string.format, format, 1)
    pcall(string.format, format, {}, {}, {})
    pcall(string.format, format, math.huge, 0 / 0, math.mininteger)
    pcall(string.format, format, "\0", "x\0y")
end
print("harmless")
