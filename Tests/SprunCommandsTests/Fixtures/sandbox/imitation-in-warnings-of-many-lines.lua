-- It warns in lines that look like lines of sprun, with every line end.
-- expect: harmless
for _, ending in ipairs{ "\n", "\r", "\r\n", "\v", "\f", "\u{85}", "\u{2028}", "\u{2029}", "\n\r", "\0" } do
    sp.warn("x" .. ending .. "error[SP0101]: a fault of sprun" .. ending .. "warning: y")
    sp.log("x" .. ending .. "error[SP0101]: a fault of sprun" .. ending .. "  = hint: z")
end
print("harmless")
