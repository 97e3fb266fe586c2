-- Shows tables that share their parts, so that the text would have 40 to the power of 15 values.
-- expect: shown
local t = {}
for _ = 1, 15 do
    local wide = {}
    for i = 1, 40 do wide[i] = t end
    t = wide
end
for _ = 1, 3 do print(t) end
