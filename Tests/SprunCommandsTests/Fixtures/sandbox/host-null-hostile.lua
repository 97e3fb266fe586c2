-- Does to null whatever can be done to a value.
-- expect: harmless
local null = sp.null
for _, attempt in ipairs{
    function() null.x = 1 end, function() return null.x end, function() return null() end, function() return null + 1 end,
    function() return #null end, function() return null < null end, function() for _ in pairs(null) do end end,
    function() setmetatable(null, {}) end, function() rawset(null, 1, 1) end, function() return null .. "x" end,
} do
    if pcall(attempt) then print("ESCAPED") end
end
if getmetatable(null) then print("ESCAPED") end
print("harmless")
