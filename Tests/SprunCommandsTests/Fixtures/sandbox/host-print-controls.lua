-- Prints and says control characters, NUL and bytes that are no UTF-8.
-- expect: harmless
local text = "\27[2J\27]0;x\7\r\b\0after\xff\xfe\u{9b}31m\u{202e}"
print(text)
pcall(sp.log, text)
sp.log("\27[2J\27]0;x\7\r\b\0after\u{9b}31m")
sp.warn("\27[2J\27]0;x\7\r\b\0after\u{9b}31m")
print("harmless")
