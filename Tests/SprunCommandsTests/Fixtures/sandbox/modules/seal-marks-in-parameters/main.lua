-- It gives texts with the marks of seals as parameters of every kind: none is taken for a seal that it is not.
-- expect: harmless
local lib = import "lib"
local mark, ending = "\u{f8f0}", "\u{f8f1}"
for _, text in ipairs{ mark .. ("0"):rep(32) .. ending, mark .. ("0"):rep(31) .. ending, mark .. ("0"):rep(32), ("0"):rep(32) .. ending, mark .. ("F"):rep(32) .. ending, mark .. mark .. ("0"):rep(32) .. ending .. ending,
    mark:rep(40), "\xef\xa3" .. ("0"):rep(32), mark .. ("0"):rep(32) .. ending .. mark .. ("1"):rep(32) .. ending } do
    for _, name in ipairs{ "s", "w", "l", "e", "n", "d", "f" } do
        local ok, found = pcall(lib, { [name] = text })
        print(ok, found)
        if ok and name == "s" and found.s and found.s == text then print("ESCAPED: a secret is its text") end
        if ok and found.w and found.w ~= text then print("ESCAPED: a text has changed") end
    end
    local ok, opened = pcall(string.reveal, text)
    if ok and opened ~= text then print("ESCAPED: it opened") end
end
print("harmless")
