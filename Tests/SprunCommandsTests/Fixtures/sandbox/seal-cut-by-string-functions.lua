-- It cuts a seal by string.sub and string.byte at every place, and changes and measures it: each is an error.
-- expect: harmless
local secret = sp.secret("x")
local text = "ab" .. secret .. "yz"
local count = #text
for _, f in ipairs{ string.sub, string.byte } do
    for i = -count - 2, count + 2 do
        for j = -count - 2, count + 2 do
            local ok, found = pcall(f, text, i, j)
            local first = i < 0 and math.max(count + i + 1, 1) or math.max(i, 1)
            local last = j < 0 and count + j + 1 or math.min(j, count)
            if ok and first <= last and last > 2 and first < count - 1 and found ~= nil and found ~= "" then print("ESCAPED: it cut from " .. i .. " to " .. j) end
        end
    end
    for _, place in ipairs{ math.mininteger, math.maxinteger, 2 ^ 53, "3", 3.0, "0x3" } do
        for _, ending in ipairs{ math.maxinteger, "38", -3, 2 ^ 53 } do
            local ok, found = pcall(f, text, place, ending)
            if ok and found and found ~= "" then print("ESCAPED: it cut from " .. tostring(place)) end
        end
    end
end
for _, name in ipairs{ "len", "lower", "upper", "reverse" } do
    for _, all in ipairs{ secret, text, secret .. secret, secret:rep(3, "-"), ("\xef"):rep(100) .. secret } do
        if pcall(string[name], all) then print("ESCAPED: string." .. name .. " took a seal") end
    end
end
print(text:sub(1, 2) == "ab" and text:sub(-2) == "yz" and text:byte(1) == 97 and "harmless")
