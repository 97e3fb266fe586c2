-- It returns names and values that look like the other lines of a result and of sprun.
-- expect: shown
return { ["a\nerror[SP0101]"] = "x\n+ deleted  server www1\nerror[SP0101]: x", ["created  "] = "1 server\r0 servers", ["\u{202e}b"] = "\u{2028}c\u{85}d",
    [" "] = " ", ["  = hint:"] = "run: sprun login", list = { "x, y", "a\nb", "\27[2J" } }
