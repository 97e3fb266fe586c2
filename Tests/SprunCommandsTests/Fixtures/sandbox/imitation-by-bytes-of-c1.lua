-- It prints single bytes that some terminals take for sequences, alone, in letters and at the ends of prints.
-- expect: harmless
for byte = 0x80, 0x9f do
    print(string.char(byte) .. "31mred")
    print("\xc2" .. string.char(byte))
    print("\xe2" .. string.char(byte))
    print("\xe2\x80", string.char(byte))
end
print("\xc2")
print("\x9b31m")
print("harmless")
