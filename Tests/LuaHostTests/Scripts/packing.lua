-- `string.pack`, `packsize` and `unpack`: all options, in all orders, with values that fit and that do not.
local values = {
    0, 1, -1, 127, 128, -128, -129, 255, 256, 65535, math.maxinteger, math.mininteger, 1.5, 2.0, "3", "abc", "a\0b", "",
    1e300, "long enough to be cut", nil, n = 21,
}

local function option()
    return any{
        "b", "B", "h", "H", "l", "L", "j", "J", "T", "f", "d", "n", "z", "x", "i", "I", "s", "i" .. random(18) - 1,
        "I" .. random(17), "s" .. random(9), "c" .. random(9) - 1, "<", ">", "=", "!", "!" .. random(17), " ",
        "Xi" .. random(9), "X", "Xd", "Xc3", "i" .. (1 << random(4)), chance(30) and "y" or "b",
        chance(30) and "c" or "h", chance(30) and "i99999999999" or "i4",
    }
end

for case = 1, cases do
    local format = option() .. option()
    for _ = 1, random(4) do format = format .. option() end
    local arguments = {}
    for i = 1, 6 do
        arguments[i] = any{ random(120), random(1 << 40) - (1 << 39), any(values), any{ "abc", "x", "" } }
    end
    local count = chance(4) and random(6) or 6
    report("case " .. case, format, count, table.unpack(arguments, 1, 6))
    local ok, packed = pcall(string.pack, format, table.unpack(arguments, 1, count))
    report("pack", ok, packed)
    report("packsize", pcall(string.packsize, format))
    if ok then
        report("unpack", pcall(string.unpack, format, packed))
        report("unpack from", pcall(string.unpack, format, packed, any{ random(20) - 10, nil, "x", 1.5, n = 4 }))
        report("unpack cut", pcall(string.unpack, format, packed:sub(1, -2)))
    end
    report("unpack other", pcall(string.unpack, format, text(24, { "\0", "\255", "\1", "\127", "\128", "a", "\0" })))
end
