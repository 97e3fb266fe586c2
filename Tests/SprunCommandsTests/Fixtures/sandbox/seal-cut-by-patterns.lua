-- It takes parts of a seal by captures, position captures, frontiers and balances of every function with patterns: each is an error.
-- expect: harmless
local secret = sp.secret("x")
local text = "ab" .. secret .. "yz"
local patterns = { "", "()", "(.)", "(.-)()", "%x", "(%x+)", "()%x()", "%f[%x]", "%b\xef\xb1", "^.", ".$", "[^a]", ".", "(a)b", "\xef", utf8.charpattern }
for _, pattern in ipairs(patterns) do
    for _, all in ipairs{ secret, text } do
        for _, place in ipairs{ 1, 2, 3, 20, -1, -38, 100 } do
            if pcall(string.find, all, pattern, place) or pcall(string.find, all, pattern, place, true) then print("ESCAPED: find by " .. pattern) end
            if pcall(string.match, all, pattern, place) then print("ESCAPED: match by " .. pattern) end
            if pcall(string.gmatch, all, pattern, place) then print("ESCAPED: gmatch by " .. pattern) end
        end
        for _, replacement in ipairs{ "", "%0", "%1", "x", { a = 1 }, function() return "x" end, setmetatable({}, { __index = function(_, k) print("ESCAPED: asked for a part") end }) } do
            for _, limit in ipairs{ 0, 1, 99 } do
                if pcall(string.gsub, all, pattern, replacement, limit) then print("ESCAPED: gsub by " .. pattern) end
            end
        end
    end
end
-- A subject that becomes a seal afterwards, and a seal as the pattern and as the replacement.
local next_part = ("x"):gmatch(".")
if ("x"):gsub("x", secret) ~= secret or ("x"):gsub("x", function() return secret end) ~= secret or ("x"):gsub("x", { x = secret }) ~= secret then
    print("ESCAPED: a seal has changed")
end
local replaced = ("xyz"):gsub(".", { x = secret })
if replaced ~= secret .. "yz" or pcall(string.gsub, replaced, "^(.....)", "%1") then print("ESCAPED: it cut what was replaced") end
pcall(string.find, "abc", secret) pcall(string.gsub, "abc", secret, "%0") pcall(string.gmatch, "abc", secret)
print(next_part() == "x" and "harmless")
