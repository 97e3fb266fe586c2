-- Seeds the random numbers with what is no number.
-- expect: harmless
for _, seed in ipairs{ 0, -1, math.mininteger, 0.5, math.huge, 0 / 0, "x", {}, true } do
    pcall(math.randomseed, seed)
    pcall(math.randomseed, seed, seed)
    math.random()
end
math.randomseed()
local a = math.random(1 << 30)
math.randomseed()
if math.random(1 << 30) ~= a then print("ESCAPED") end
print("harmless")
