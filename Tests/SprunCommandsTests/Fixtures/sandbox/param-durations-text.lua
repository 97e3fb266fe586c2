-- Durations that are longer than time, as text.
-- expect: refused "is not a duration"
local params = {}
for i, text in ipairs{ "9223372036854775807h", "99999999999999999999d", "1e400s", "-1s", "nan", "infs", ("9"):rep(400) .. "s", "1h1h1h" } do
    params["p" .. i] = param.duration{ default = text }
end
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", params = params, run = function() print("harmless") end }
