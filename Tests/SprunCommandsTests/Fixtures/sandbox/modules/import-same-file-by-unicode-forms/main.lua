-- It imports a file by a name of other code points that looks the same, which is another file.
-- expect: harmless
local ok, one = pcall(import, "./caf\u{e9}")
if not ok or one.name ~= "composed" then print("no such file") end
if pcall(import, "./cafe\u{301}") then print("ESCAPED: another name gave the same file") end
if pcall(import, "./CAF\u{c9}") or pcall(import, "./caf\u{e9}\u{200d}") then print("ESCAPED: another name gave the same file") end
print("harmless")
