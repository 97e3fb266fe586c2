-- It lets fifty coroutines take turns with the same iterator of pairs.
-- expect: harmless
local all, count = {}, 0
for i = 1, 500 do all["k" .. i] = i end
local iterator = pairs(all)
local function walk()
    for key, value in iterator, all do
        count = count + 1
        if key ~= "k" .. value then print("ESCAPED: a key has the value of another") end
        sp.sleep(0)
    end
end
local walks = {}
for i = 1, 50 do walks[i] = walk end
sp.all(walks)
print(count == 500 and "harmless")
