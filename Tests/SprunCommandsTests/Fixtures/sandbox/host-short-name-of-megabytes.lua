-- It makes short names of texts of 8 MB without end.
-- expect: limit cpu
for i = 1, 1e9 do pcall(sp.short_name, ("\u{e9}A-."):rep(1600000) .. i, 8) end
