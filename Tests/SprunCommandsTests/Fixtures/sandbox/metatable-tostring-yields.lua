-- Yields inside __tostring.
-- expect: refused "attempt to yield across a C-call boundary"
coroutine.wrap(function() print(setmetatable({}, { __tostring = function() coroutine.yield() return "x" end })) end)()
