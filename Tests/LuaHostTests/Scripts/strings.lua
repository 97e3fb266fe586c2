-- The other functions of `string`, `utf8` and `math` that are the bridge's own.
local pieces = {
    "a", "B", "z", "\0", "\255", "\u{e9}", "\u{20ac}", "\u{10ffff}", "\xed\xa0\x80", "\xf8\x88\x80\x80\x80", "\x80",
    "\xc0\x80", "1", "\xfd\xbf\xbf\xbf\xbf\xbf", "\xf4\x90\x80\x80", "\xfe", "\xe2\x82",
}
local numbers = { 1.0, 2.5, "2", "x", 1 << 62, math.maxinteger, math.mininteger, {}, true, nil, n = 10 }
local function number() return chance(4) and any(numbers) or random(15) - 5 end
local bytes = { 65, 0, 255, 256, -1, "66", 67.0, 1.5, "x", 128 }
local codes = {
    127, 128, 0x7FF, 0x800, 0xFFFF, 0x10000, (1 << 21) - 1, 1 << 21, (1 << 26) - 1, 1 << 26, (1 << 31) - 1, 1 << 31, -1,
}

for case = 1, cases do
    local count, s, i, j = random(4), text(9, pieces), number(), number()
    local function cut(...) return table.unpack({ ... }, 1, count) end
    report("case " .. case, count, s, i, j)
    if not (math.tointeger(i) and math.tointeger(i) > 1000) then
        report("rep", pcall(string.rep, cut(s, i, any{ "", ",", 1, true, nil, n = 5 })))
    end
    for _, name in ipairs{ "lower", "upper", "reverse" } do
        report(name, pcall(string[name], any{ s, s, s, i, nil, n = 5 }))
    end
    report("char", pcall(string.char, cut(any(bytes), random(255), any(bytes), 65)))
    report("utf8.char", pcall(utf8.char, cut(any(codes), random(1 << 31) - 1, any(bytes), random(3000))))
    report("utf8.len", pcall(utf8.len, cut(s, i, j, any{ true, false, nil, n = 3 })))
    report("utf8.offset", pcall(utf8.offset, cut(s, i, j)))
    local a, b, c = any{ i, 1.5, "10" }, any{ j, 0 / 0, "9" }, any{ "a", "b", 1, 1.0, 7, -0.0 }
    report("of", a, b, c)
    report("max", pcall(math.max, cut(a, b, c)))
    report("min", pcall(math.min, cut(a, b, c)))
    report("all", pcall(math.max, random(9), random(9) / 2, -random(9)))
end
