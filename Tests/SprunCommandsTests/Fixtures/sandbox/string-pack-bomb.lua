-- Packs with sizes and alignments that are too large.
-- expect: harmless
for _, format in ipairs{ "s8", "i16", "i17", "i0", "!16i16", "c-1", ("b"):rep(1e6), "Xi16",
    "!99i", "z", "s1", ">!i3", "X", "Xz", ("c1000000"):rep(1000), "s", "j", "n", "c", "!", "<>=! s", "\0" } do
    pcall(string.pack, format, 1, 2, 3)
    pcall(string.pack, format, "x", "y")
    pcall(string.pack, format, "x\0y", ("x"):rep(1000))
    pcall(string.packsize, format)
    for _, position in ipairs{ 0, 1, -1, 5, math.maxinteger, math.mininteger } do
        pcall(string.unpack, format, ("\xff"):rep(100), position)
    end
end
for _, format in ipairs{ "c2147483647", "c99999999999999999999", "c9223372036854775807c9223372036854775807" } do
    pcall(string.packsize, format)
    pcall(string.unpack, format, "x")
end
print("harmless")
