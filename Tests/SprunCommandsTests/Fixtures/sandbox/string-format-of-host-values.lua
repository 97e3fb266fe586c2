-- It formats functions, errors and null with every letter, looking for addresses.
-- expect: harmless
local values = { sp.null, sp.log, sp, (select(2, pcall(sp.server, "x"))), coroutine.create(print), pairs{}, ipairs, coroutine.wrap(print),
    ("x"):gmatch("x"), import, recipe, param.string }
for _, value in ipairs(values) do
    for letter in ("aAcdeEfgGiopqsuxX"):gmatch(".") do
        local ok, text = pcall(string.format, "%" .. letter, value)
        if ok and text:find("0x%x%x%x%x%x%x") then print("ESCAPED: " .. text) end
    end
    if tostring(value):find("0x") then print("ESCAPED: " .. tostring(value)) end
end
print("harmless")
