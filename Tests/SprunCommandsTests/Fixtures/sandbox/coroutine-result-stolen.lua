-- Takes the result of another's wait by passing the waiting coroutine on.
-- expect: harmless
local waiting = coroutine.wrap(function() return sp.find_server{ name = "www1" } end)
local mine
sp.all{
    function() mine = waiting() end,
    function()
        for _ = 1, 100 do
            if pcall(waiting) and not mine then print("ESCAPED") end
            sp.sleep(0)
        end
    end,
}
if not mine or mine.name ~= "www1" then print("ESCAPED") end
print("harmless")
