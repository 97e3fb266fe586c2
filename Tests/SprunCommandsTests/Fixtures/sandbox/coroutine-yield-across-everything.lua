-- Yields in metamethods, iterators and pcall, where it may, and checks what comes back.
-- expect: harmless
local y = coroutine.yield
local value = setmetatable({}, { __index = y, __newindex = y, __call = y, __add = y, __concat = y, __eq = y, __lt = y,
    __le = y, __len = y, __unm = y, __close = y })
local co = coroutine.wrap(function()
    local x <close> = value
    local _ = value.x, value + 1, value .. "x", value < value, value <= value, #value, -value, value()
    value.y = 1
    for _ in y do break end
    pcall(y)
    xpcall(y, print)
    return "done"
end)
local last
for _ = 1, 100 do
    last = co(1)
    if last == "done" then break end
end
if last ~= "done" then print("ESCAPED", last) end
print("harmless")
