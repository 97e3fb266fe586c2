-- Calls every function of sp with every type of value, and none.
-- expect: harmless
local names = {}
for name, member in pairs(sp) do
    if type(member) == "function" then names[#names + 1] = name end
end
local cycle = {}
cycle.x = cycle
local values = { 0, -1, 0.5, 0 / 0, math.maxinteger, "", "x", "\0", "\xff", true, {}, { 1 }, { x = 1 }, cycle, print, sp.null,
    coroutine.create(print), function() end }
for _, name in ipairs(names) do
    pcall(sp[name])
    for _, value in ipairs(values) do
        pcall(sp[name], value)
        pcall(sp[name], value, value)
        pcall(sp[name], "x", value)
        pcall(sp[name], value, value, value, value)
    end
end
print("harmless")
