-- It loads texts whose errors quote line breaks, escapes and long words.
-- expect: refused "SP0202"
for _, text in ipairs{ "x = 'a\nb'", "\27[2J", "x = [[\27]0;t\7", "goto \nx", "x = 0x\u{202e}", "\u{202e}", "x = '\\u{110000000}'", ("x"):rep(100000) .. " y",
    "x = 1" .. ("e"):rep(10000), "\0\0\0", "x = '\\\27'" } do
    local _, message = load(text, "=x")
    print(message)
    pcall(sp.log, message)
end
error(select(2, load("x = 'error[SP0101]: \r\nerror'", "@\r")), 0)
