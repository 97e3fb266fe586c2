-- It ends with an error that begins with marks that take room and with a colour of skin, which join the blank before them.
-- expect: refused "\u{903}"
error(utf8.char(0x903, 0x93e, 0x1f3fb, 0x200d, 0xfe0f) .. "x", 0)
