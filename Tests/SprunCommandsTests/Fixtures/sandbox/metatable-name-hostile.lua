-- Gives tables names with NUL, control characters, invalid UTF-8 and 1 MB.
-- expect: refused "number expected, got"
for _, name in ipairs{ "\0", "\27[2J", "\xff\xfe", ("x"):rep(1e6), 1, {}, true } do
    local value = setmetatable({}, { __name = name })
    tostring(value)
    pcall(error, value)
    pcall(math.floor, value)
    pcall(sp.log, value)
    pcall(string.format, "%s", value)
    pcall(string.format, "%d", value)
end
math.floor(setmetatable({}, { __name = "\27[31m\0x" }))
