-- It cuts and quotes a seal by widths and precisions of string.format, and packs and unpacks it: each is an error.
-- expect: harmless
local secret = sp.secret("x")
local shown = setmetatable({}, { __tostring = function() return secret end, __name = "x" })
for _, form in ipairs{ "%.1s", "%.8s", "%.99s", "%.s", "%1s", "%-40s", "%-99.37s", "%5.3s", "%q", "%c", "%d", "%x", "%a", "%g", "%i", "%u", "%p" } do
    for _, value in ipairs{ secret, "x" .. secret, shown } do
        local ok, text = pcall(string.format, form, value)
        if ok and text ~= value and form ~= "%p" and not (form == "%q" and value == shown) then print("ESCAPED: format made a text of a seal by " .. form) end
    end
end
for _, form in ipairs{ "z", "s", "s1", "s2", "s8", "c38", "c40", "c99", "<s4", "!4s4", "zz" } do
    if pcall(string.pack, form, secret, secret) then print("ESCAPED: pack took a seal by " .. form) end
end
for _, form in ipairs{ "c1", "B", "b", "c38", "z", "s1", "<I4", "d", "j", "c5c5c5", "x", "Xi4" } do
    for _, value in ipairs{ secret, secret .. "\0", "\5" .. secret } do
        for place = 1, 3 do
            if pcall(string.unpack, form, value, place) then print("ESCAPED: unpack took a seal by " .. form) end
        end
    end
end
pcall(string.pack, secret, 1) pcall(string.unpack, secret, "x") pcall(string.packsize, secret) pcall(string.format, secret, 1)
if ("%s"):format(secret) ~= secret or ("%s"):format(shown) ~= secret then print("ESCAPED: a seal has changed") end
print("harmless")
