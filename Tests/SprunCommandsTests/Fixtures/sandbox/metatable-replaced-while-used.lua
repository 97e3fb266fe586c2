-- Replaces the metatable inside the metamethod that it has called.
-- expect: harmless
local value = {}
local function change()
    setmetatable(value, nil)
    for i = 1, 1000 do local _ = { i } end
    setmetatable(value, { __index = change, __newindex = change, __len = change, __call = change })
    return 1
end
change()
for i = 1, 200 do
    local _ = value.x, #value, value(1)
    value.y = i
end
print("harmless")
