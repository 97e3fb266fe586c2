-- The coroutine in which a module was read or run is used after its end.
-- expect: harmless
local lib = import "lib"
for _, co in ipairs(lib.all()) do
    pcall(coroutine.resume, co)
    pcall(coroutine.close, co)
    pcall(coroutine.status, co)
    pcall(debug.traceback, co)
    pcall(coroutine.isyieldable, co)
end
sp.sleep(1)
print("harmless")
