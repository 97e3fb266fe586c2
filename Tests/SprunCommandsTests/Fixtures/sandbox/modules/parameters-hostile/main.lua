-- Gives an imported recipe parameters that cannot be.
-- expect: harmless
local lib = import "lib"
local cycle, deep, many = {}, {}, {}
cycle.a = cycle
for i = 1, 1000 do deep = { a = deep } end
for i = 1, 50000 do many["p" .. i] = i end
local trap = setmetatable({}, { __index = function() print("ESCAPED: a metamethod was called") end, __pairs = error })
for _, given in ipairs{ cycle, deep, many, trap, { a = print }, { a = trap }, { ["\27[2J"] = 1 }, { 1, 2 }, _G, sp, print, 1, "x", true, coroutine.create(print) } do
    pcall(lib, given)
    pcall(lib, { a = given })
end
print("harmless")
