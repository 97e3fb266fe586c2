-- Lets an error with a message of 1 MB go up through 30 levels of functions that run side by side.
-- expect: refused "SP0202"
local text = ("x"):rep(1 << 20)
local function level(n)
    if n == 0 then error(text) end
    sp.all{ function() level(n - 1) end }
end
level(30)
