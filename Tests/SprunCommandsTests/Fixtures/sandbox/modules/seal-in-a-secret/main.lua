-- It makes secrets out of texts with seals of other secrets, and reveals only what has the need: the seals within stay closed.
-- expect: harmless
local lib, reader = import "lib", import "reader"
local theirs = lib.give()
for _, text in ipairs{ theirs, "x" .. theirs .. "y", theirs .. sp.secret("x"), sp.secret("x") .. theirs } do
    local ok, read = pcall(reader.read, text)
    if ok and pcall(string.upper, read) then print("ESCAPED: it reads the secret of another") end
end
-- The marks and digits of their seal, as the texts of two secrets of a recipe with the need: what is revealed is a seal.
local all = {}
for _, code in utf8.codes(theirs) do all[#all + 1] = utf8.char(code) end
for cut = 9, 25 do
    local first, second = table.concat(all, "", 1, cut), table.concat(all, "", cut + 1)
    local ok, made = pcall(reader.join, { first = first, second = second })
    if ok and pcall(made.reveal, made) then print("ESCAPED: the seal that it made opens") end
end
print("harmless")
