-- Lets __pairs give what is no iterator, raise, and give itself.
-- expect: refused "attempt to call a nil value"
for _, value in ipairs{ 1, "x", {}, sp.null } do
    pcall(function() for _ in pairs(setmetatable({}, { __pairs = function() return value end })) do break end end)
end
pcall(pairs, setmetatable({}, { __pairs = 1 }))
pcall(pairs, setmetatable({}, { __pairs = error }))
pcall(pairs, setmetatable({}, { __pairs = pairs }))
for _ in pairs(setmetatable({}, { __pairs = function() end })) do print("ESCAPED") end
