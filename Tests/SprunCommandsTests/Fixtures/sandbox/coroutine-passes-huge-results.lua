-- Passes 200,000 values through a chain of coroutines.
-- expect: harmless
local values = {}
for i = 1, 240000 do values[i] = i end
local function level(n)
    if n == 0 then return table.unpack(values) end
    return coroutine.wrap(level)(n - 1)
end
local count = select("#", level(30))
if count ~= #values then print("ESCAPED") end
print("harmless")
