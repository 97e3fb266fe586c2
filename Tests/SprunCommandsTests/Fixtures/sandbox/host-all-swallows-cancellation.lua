-- Catches its cancellation in loops that make no calls.
-- expect: refused "first"
sp.all{
    function()
        sp.sleep(1)
        error("first", 0)
    end,
    function()
        pcall(sp.sleep, 10)
        while true do pcall(function() while true do end end) end
    end,
}
