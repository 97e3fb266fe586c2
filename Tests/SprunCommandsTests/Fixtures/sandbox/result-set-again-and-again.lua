-- It sets the result 1,000,000 times, each time a larger one.
-- expect: limit cpu
for i = 1, 1000000 do sp.result{ x = ("r"):rep(i % 100000 * 10), i = i } end
