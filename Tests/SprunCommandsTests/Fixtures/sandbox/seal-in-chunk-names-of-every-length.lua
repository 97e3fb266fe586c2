-- It names chunks by a seal behind and before texts of all lengths, and prints their errors, which may cut it.
-- expect: harmless
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", run = function()
    local secret = sp.secret("x")
    for length = 0, 70 do
        local pad = ("p"):rep(length)
        for _, mark in ipairs{ "@", "=", "", "return " } do
            for _, name in ipairs{ mark .. pad .. secret, mark .. secret .. pad, mark .. pad .. secret .. "\n" .. pad } do
                for _, f in ipairs{ load("error('x')", name), load("return 1 + {}", name), load("local x = nil x()", name) } do
                    local _, message = pcall(f)
                    print(message)
                    local ok, text = pcall(string.reveal, tostring(message))
                    if ok and text ~= tostring(message) then print("ESCAPED: a message opens") end
                end
                print(select(2, load("(", name)))
                pcall(load("sp.log('from here')", name))
            end
        end
    end
    print("harmless")
end }
