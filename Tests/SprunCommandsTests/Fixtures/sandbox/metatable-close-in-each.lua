-- It keeps variables to close in functions that run side by side, which wait and fail there.
-- expect: refused "item"
local closed = 0
pcall(sp.each, { 1, 2, 3, 4 }, function(i)
    local value <close> = setmetatable({}, { __close = function(_, e)
        closed = closed + 1
        pcall(sp.sleep, 1)
        error(e or "again")
    end })
    sp.sleep(i)
    if i == 2 then error("first") end
end)
sp.each({ 1, 2 }, function(i)
    local value <close> = setmetatable({}, { __close = function() error("closed " .. closed) end })
    sp.sleep(i)
end)
print("ESCAPED")
