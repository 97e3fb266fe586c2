-- Gives the functions of string positions at the ends of what an integer holds.
-- expect: harmless
for _, i in ipairs{ 0, 1, -1, math.maxinteger, math.mininteger, 1 << 31, 1 << 32, -(1 << 31) } do
    for _, j in ipairs{ 0, 1, -1, math.maxinteger, math.mininteger, 1 << 31, 1 << 32, -(1 << 31) } do
        for _, text in ipairs{ "", "x", "xyz", "\0" } do
            for _, name in ipairs{ "sub", "byte", "find", "match", "gmatch" } do pcall(string[name], text, i, j) end
            pcall(string.find, text, "", i, true)
            pcall(string.match, text, "()", i)
            pcall(string.gsub, text, "", "x", i)
            for _, name in ipairs{ "char", "codepoint", "len", "offset", "codes" } do pcall(utf8[name], text, i, j) end
            pcall(utf8.char, i, j)
        end
    end
end
print("harmless")
