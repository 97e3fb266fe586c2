-- It returns a tree of four levels with 15 branches each, full of escapes.
-- expect: shown
local function tree(depth)
    if depth == 0 then return ("\1\2\u{152e}"):rep(3) end
    local t = {}
    for i = 1, 15 do t["\27" .. i] = tree(depth - 1) end
    return t
end
return tree(4)
