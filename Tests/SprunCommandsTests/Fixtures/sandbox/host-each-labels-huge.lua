-- Lets an item with a name of 1 MB fail, inside one another.
-- expect: refused "SP0202"
local name = ("x"):rep(1 << 20)
local function level(n)
    sp.each({ name }, function()
        if n == 0 then error("x", 0) end
        level(n - 1)
    end)
end
level(10)
