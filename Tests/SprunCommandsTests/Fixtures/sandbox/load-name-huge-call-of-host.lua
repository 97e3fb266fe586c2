-- Calls the host from a chunk whose name has 20 MiB.
-- expect: harmless
local call = load("for i = 1, 10 do sp.time() end", "@" .. ("x"):rep(20 << 20))
call()
print("harmless")
