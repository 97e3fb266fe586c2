-- Closes the coroutine that waits for the functions among which the closer is.
-- expect: harmless
local waiting = coroutine.create(function()
    sp.all{ function()
        sp.sleep(1)
        pcall(coroutine.close, waiting_coroutine)
        sp.sleep(1)
    end }
end)
waiting_coroutine = waiting
coroutine.resume(waiting)
sp.sleep(5)
print("harmless")
