-- Uses NaN and nil as keys.
-- expect: refused "index is NaN"
pcall(rawset, {}, nil, 1)
pcall(rawset, {}, 0 / 0, 1)
local t = {}
t[0 / 0] = 1
