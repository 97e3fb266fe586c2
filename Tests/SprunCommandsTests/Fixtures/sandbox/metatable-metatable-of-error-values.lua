-- Looks for the metatable of the host's errors through their fields and functions.
-- expect: harmless
local failure = select(2, pcall(sp.app, "none"))
failure.message = {}
tostring(failure)
failure.message = nil
tostring(failure)
pcall(function() return failure .. failure end)
pcall(function() return {} .. failure end)
failure.code, failure.hint, failure.operation = print, coroutine.create(print), failure
pcall(error, failure)
pcall(sp.log, failure)
rawset(failure, "__metatable", 1)
if getmetatable(failure) then print("ESCAPED") end
print("harmless")
