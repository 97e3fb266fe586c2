-- Calculates what overflows, divides by nothing, or shifts too far.
-- expect: refused "attempt to perform 'n%"
local _ = math.mininteger // -1, math.mininteger % -1, 1 << 64, 1 << -64, 1 >> math.mininteger, -math.mininteger
_ = 1 // 0.0, 1 % 0.0, 0.0 / 0, math.mininteger * -1, math.maxinteger + 1, 2 ^ 1024, math.tointeger(2 ^ 63)
_ = math.abs(math.mininteger), math.ult(-1, 1), math.fmod(math.mininteger, -1), math.floor(1e308), math.ceil(-1e308)
pcall(math.fmod, 1, 0)
pcall(function() return 1 // 0 end)
pcall(function() return 1.5 | 1 end)
_ = 1 % 0
