-- Closes the coroutine that waits for an import.
-- expect: harmless
local co = coroutine.create(function() import "lib" print("ESCAPED: it went on") end)
sp.all{ function() coroutine.resume(co) end, function() sp.sleep(1) coroutine.close(co) end }
print("harmless")
