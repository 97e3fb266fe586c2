-- Closes and resumes the coroutine of a function that runs side by side and waits.
-- expect: harmless
local other
sp.all{
    function()
        other = coroutine.running()
        sp.sleep(5)
    end,
    function()
        if pcall(coroutine.close, other) then print("ESCAPED") end
        if coroutine.resume(other, "stolen") then print("ESCAPED") end
        if pcall(coroutine.wrap(function() error("x") end)) then print("ESCAPED") end
    end,
}
print("harmless")
