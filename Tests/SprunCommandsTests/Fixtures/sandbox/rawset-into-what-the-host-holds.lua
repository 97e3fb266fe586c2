-- It changes tables after it has given them to the host, and looks whether the host sees it.
-- expect: harmless
local filter = { name = "www1" }
local options = { limit = 1 }
local items = { 1, 2, 3 }
local seen = {}
sp.each(items, function(item)
    rawset(items, item + 1, "changed")
    options.limit = 0
    seen[#seen + 1] = item
    sp.sleep(0)
end, options)
for i, item in ipairs(seen) do if item ~= i then print("ESCAPED: the host saw a change") end end
local result = { x = "before" }
sp.result(result)
result.x = "ESC" .. "APED"
print("harmless")
