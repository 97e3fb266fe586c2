-- Returns as many values as the stack holds.
-- expect: harmless
print("harmless")
return table.unpack({}, 1, 240000)
