-- It says texts of 8 MB that are one line of wide letters, line breaks and spaces, without end.
-- expect: limit cpu
for _ = 1, 1e9 do
    pcall(sp.log, ("\u{4e2d}"):rep(2 << 20))
    pcall(sp.log, ("\n"):rep(8 << 20))
    pcall(sp.warn, (" "):rep(8 << 20))
end
