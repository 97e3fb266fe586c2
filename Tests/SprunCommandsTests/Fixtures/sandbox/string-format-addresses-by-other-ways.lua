-- Looks for addresses in every text that Lua makes of values.
-- expect: harmless
local values = { {}, print, function() end, coroutine.create(print), sp, sp.null, sp.log, string.format, pcall }
for _, value in ipairs(values) do
    local texts = { tostring(value), string.format("%s", value), string.format("%-40s|", value),
        string.format("%.99s", value), string.format("%%%s", value), string.format("%5.20s", value) }
    for _, format in ipairs{ "%5p", "%-p", "%q", "%x", "%d", "%a", "%c", "%i", "%u" } do
        texts[#texts + 1] = tostring(select(2, pcall(string.format, format, value)))
    end
    texts[#texts + 1] = tostring(select(2, pcall(error, value)))
    texts[#texts + 1] = tostring(select(2, pcall(function() return value + 1 end)))
    texts[#texts + 1] = tostring(select(2, pcall(function() return value < value end)))
    texts[#texts + 1] = tostring(select(2, pcall(math.floor, value)))
    texts[#texts + 1] = debug.traceback("x")
    texts[#texts + 1] = tostring(select(2, pcall(setmetatable, {}, { __name = value })))
    for _, text in ipairs(texts) do
        if text:find("0x%x%x%x%x%x") then print("ESCAPED", text) end
    end
end
print("harmless")
