-- It walks over a table with weak keys while the collector takes them away.
-- expect: harmless
local weak = setmetatable({}, { __mode = "kv" })
for i = 1, 20000 do weak[{}] = {} weak["s" .. i] = {} end
local seen = 0
for key, value in pairs(weak) do
    seen = seen + 1
    if key == nil or value == nil then print("ESCAPED") end
    if seen % 50 == 0 then for i = 1, 100 do local _ = ("x"):rep(1000) .. i end end
end
print("harmless")
