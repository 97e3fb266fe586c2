-- It changes a seal in each of its digits and marks, and opens what comes of it: no other text than the seal opens.
-- expect: harmless
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", needs = { secrets = "reveal" }, run = function()
    local secret, places = sp.secret("x"), {}
    for place, code in utf8.codes(secret) do places[#places + 1] = utf8.char(code) end
    for place = 1, #places do
        for _, other in ipairs{ "0", "f", "F", "g", "", "\0", "\u{f8f0}", "\u{f8f1}", places[place] .. places[place] } do
            local changed = { table.unpack(places) }
            changed[place] = other
            local text = table.concat(changed)
            local has_seal = text == secret or (place == 1 or place == #places) and other == places[place] .. places[place]
            local ok, found = pcall(text.reveal, text)
            if not has_seal and ok and found ~= text then print("ESCAPED: another seal opens, from place " .. place) end
        end
    end
    print("harmless")
end }
