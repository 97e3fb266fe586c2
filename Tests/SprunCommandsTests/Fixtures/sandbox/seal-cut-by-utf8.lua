-- It takes a seal apart by the functions of utf8 and puts its parts together again: the digits tell nothing of the secret.
-- expect: harmless
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = function()
    local secret = sp.secret("x")
    local codes, others = {}, {}
    for _, code in utf8.codes(secret) do codes[#codes + 1] = code end
    for _, code in utf8.codes(sp.secret("y")) do others[#others + 1] = code end
    pcall(utf8.len, secret) pcall(utf8.offset, secret, 3) pcall(utf8.codepoint, secret, 1, -1)
    local same = 0
    for place = 2, 33 do same = same + (codes[place] == others[place] and 1 or 0) end
    if #codes ~= 34 or same > 20 then print("ESCAPED: a seal is more than a mark and digits") end
    for first = 1, 34 do
        local part = utf8.char(table.unpack(codes, first))
        local ok, text = pcall(part.reveal, part)
        if ok and text ~= part then print("ESCAPED: a part of a seal opens") end
    end
    local again = utf8.char(table.unpack(codes))
    if again ~= secret or pcall(again.reveal, again) then print("ESCAPED: a seal that was put together again opens") end
    print("harmless")
end }
