-- Asks string.format for the text of a table, a function and a coroutine, behind a NUL.
-- expect: harmless
for _, value in ipairs{ {}, print, function() end, coroutine.create(print) } do
    local can, text = pcall(string.format, "\0%s", value)
    if can and text:find("0x", 1, true) then print("ESCAPED", text) end
end
print("harmless")
