-- Runs functions that fail, close their variables with waits, and go on when they are cancelled.
-- expect: refused "first"
sp.all{
    function() error("first", 0) end,
    function()
        local x <close> = setmetatable({}, { __close = function() sp.sleep(1) end })
        sp.sleep(100)
    end,
    function() while true do pcall(sp.sleep, 1) end end,
    function() pcall(sp.all, { function() while true do pcall(sp.sleep, 1) end end }) end,
}
