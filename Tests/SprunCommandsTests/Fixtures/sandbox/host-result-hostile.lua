-- Sets results that cannot leave Lua.
-- expect: refused "sp.result: argument 1"
local cycle = {}
cycle[1] = cycle
local deep = {}
for i = 1, 1000 do deep = { deep } end
for _, value in ipairs{ cycle, deep, { print }, { 0 / 0 }, { math.huge }, { "\xff" }, { [2] = 1 }, { 1, x = 2 }, { [1.5] = 1 },
    { coroutine.create(print) }, sp, _G, print } do
    if value ~= sp and pcall(sp.result, value) then print("ESCAPED", tostring(value)) end
end
sp.result{ print }
