-- It prints sequences that set the clipboard, ask the terminal, define keys and draw pictures.
-- expect: harmless
for _, sequence in ipairs{ "\27P$q\"p\27\\", "\27P1;1|17/6c73\27\\", "\27]50;?\7", "\27]4;1;?\27\\", "\27[5i", "\27[21t", "\27_Ga=T;x\27\\", "\27^x\27\\",
    "\27Xx\27\\", "\27(0lqk\27(B", "\14x\15", "\5", "\27c", "\27[!p", "\27#8", "\27[?1049h", "\27[1;1H", "\u{90}x\u{9c}", "\u{9d}0;x\u{9c}", "\x1b\x1b[m" } do
    print(sequence)
    print(("x"):rep(79) .. sequence .. "y")
    sp.log(sequence)
    sp.warn(sequence)
end
print("harmless")
