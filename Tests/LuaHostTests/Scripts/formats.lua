-- `string.format`: all conversions with all modifiers, allowed or not. A conversion with modifiers gets a number, since
-- Lua says only one of two things that are wrong.
local letters = {}
for letter in ("ddiucxXoaAfeEgGqqqqsss"):gmatch(".") do letters[#letters + 1] = letter end
local integers = { 0, -7, 42, 2.0, "12", math.maxinteger, math.mininteger }
local values = {
    0, 1, -1, 42, 1.5, -0.0, 1e308, -1e-308, 1 / 0, -1 / 0, 0 / 0, math.maxinteger, math.mininteger, "a", "text", "",
    "a\0b", "12", "0x10", "1e2", "1e400", ("x"):rep(120), ("y"):rep(99), "\1\0012\127\n\r\"\\\2009", true, false,
    "10.0", 2.0 ^ 53, 2 ^ 63, 123456789012, 65, 3.14159, 5e-324, 0.1, nil, n = 37,
}

local function modifiers()
    local out = text(2, { "-", "+", " ", "#", "0" })
    if chance(2) then out = out .. random(120) end
    if chance(2) then out = out .. "." .. (chance(3) and "" or random(110) - 1) end
    if chance(30) then out = out .. ("0"):rep(random(25)) end
    return out
end

for case = 1, cases do
    local format, has_modifiers = "", false
    local is_bare = chance(2)
    for _ = 1, random(3) do
        local part = is_bare and "" or modifiers()
        has_modifiers = has_modifiers or part ~= ""
        local letter = chance(15) and any{ "F", "%", "y", "\0", "n", "l" } or any(letters)
        format = format .. any{ "", "abc", " ", "\0", "%%", "\255" } .. "%" .. part .. letter
    end
    if chance(30) then format = format .. "%" end
    local list = has_modifiers and integers or values
    local a, b, c, d = any(list), any(list), any(list), any(list)
    local count = chance(3) and random(5) - 1 or 4
    report("case " .. case, format, a, b, c, d, count)
    report("format", pcall(string.format, format, table.unpack({ a, b, c, d }, 1, count)))
end
