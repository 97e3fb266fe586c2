-- It loads bytecode in pieces, with marks of order, behind comments and lines for a shell.
-- expect: harmless
local header = "\27Lua\x54\0\x19\x93\r\n\x1a\n\4\8\8xV\0\0\0"
for _, text in ipairs{ header, "\u{feff}" .. header, "#!x\n" .. header, " " .. header, "--\n" .. header, header:rep(1000) } do
    for _, mode in ipairs{ false, "t", "bt", "b" } do
        local ok, chunk
        if mode then ok, chunk = pcall(load, text, "x", mode) else ok, chunk = pcall(load, text) end
        if ok and chunk then print("ESCAPED: bytecode was loaded") end
    end
    local place = 0
    local ok, chunk = pcall(load, function() place = place + 1 return place <= #text and text:sub(place, place) or nil end, "=x", "b")
    if ok and chunk then print("ESCAPED: bytecode was loaded") end
end
assert(not string.dump)
print("harmless")
