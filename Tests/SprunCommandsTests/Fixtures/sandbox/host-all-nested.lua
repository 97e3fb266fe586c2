-- Runs functions side by side inside one another, 1,000 levels deep.
-- expect: limit depth
local function level(n)
    if n == 0 then return 1 end
    return sp.all{ function() return level(n - 1) end }
end
level(1000)
