-- A module closes, resumes and yields from the coroutine of its importer.
-- expect: harmless
local lib = import "lib"
lib.take(coroutine.running())
local co = coroutine.create(function() lib.inside() coroutine.yield(1) return 2 end)
coroutine.resume(co)
print("harmless")
