-- Runs functions side by side inside one another, 10 at each of 30 levels.
-- expect: limit cpu
local function level(n)
    if n == 0 then return sp.sleep(1) end
    local calls = {}
    for i = 1, 10 do calls[i] = function() return level(n - 1) end end
    return sp.all(calls)
end
level(5)
level(30)
