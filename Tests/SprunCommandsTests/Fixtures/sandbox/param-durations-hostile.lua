-- Durations that are longer than time.
-- expect: refused "is not a duration"
local made = {}
for i, text in ipairs{ "9223372036854775807h", "99999999999999999999d", "1e400s", "-1s", "nan", "infs", ("9"):rep(10000) .. "s", "1h1h1h" } do
    made["p" .. i] = param.duration{ default = text }
end
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", params = { a = param.duration{ default = 1e308 }, b = param.duration{ default = math.maxinteger } },
    run = function(p)
        pcall(sp.sleep, p.a)
        pcall(sp.sleep, p.b)
        print("harmless")
    end }
