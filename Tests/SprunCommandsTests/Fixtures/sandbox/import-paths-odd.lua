-- It imports a file of its own folder by names with dots, slashes, blanks, zeros and other letters.
-- expect: harmless
for _, name in ipairs{ "./import-paths-odd.lua/", "./import-paths-odd.lua.", "./import-paths-odd.lua ", " ./import-paths-odd", "./IMPORT-PATHS-ODD", ".//", "./.",
    "./..", "..", "../..", "./a/../../work/x", "./\0", "./import-paths-odd\0.lua", "./import-paths-odd.lua\0x", "/", "//", "///etc/passwd", "./~/x",
    "./\u{ff0e}\u{ff0e}/x", "./\u{2025}/x", "./%2e%2e/x", "./..\\x", "./...", "./..../x", "./-", "./-x.lua", "./$(id)", "./'", "./\"", "./x\n.lua", "\u{feff}./x" } do
    local ok = pcall(import, name)
    if ok then print("ESCAPED: it imported " .. name) end
end
print("harmless")
