-- Raises an error through 60 calls of a chunk whose name has 4 MiB, each of which a traceback would show.
-- expect: refused "deep"
local environment = { error = error }
environment.call = load("local n = ... if n == 0 then error('deep') end local r = call(n - 1) return r",
    "@" .. ("x"):rep(4 << 20), "t", environment)
environment.call(60)
