-- It calls the iterator of utf8.codes with other texts and places than its own.
-- expect: harmless
local iterator = utf8.codes("x")
for _, place in ipairs{ math.mininteger, -1, 1 << 31, 1 << 32, math.maxinteger } do
    local ok, found = pcall(iterator, "abc", place)
    if ok and found ~= nil and (found < 1 or found > 3) then print("ESCAPED: it read at " .. found) end
end
for _, text in ipairs{ "\xf4\x90\x80\x80", "\x80", "\xc0", "\xe2\x82", "" } do pcall(iterator, text, 0) end
for _, value in ipairs{ {}, true, print } do assert(not pcall(iterator, value, 0)) end
print("harmless")
