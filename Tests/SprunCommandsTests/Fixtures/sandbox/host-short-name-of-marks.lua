-- It makes short names of letters with a million marks.
-- expect: limit cpu
for i = 1, 1e9 do pcall(sp.short_name, "a" .. ("\u{301}\u{327}"):rep(1000000) .. i, 64) end
