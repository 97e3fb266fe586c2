-- Makes garbage as fast as it can.
-- expect: limit cpu
while true do local _ = { {}, {}, {}, { "x" .. math.random(1e9) } } end
