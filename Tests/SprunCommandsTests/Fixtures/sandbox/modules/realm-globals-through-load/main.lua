-- It lets a module look for its globals in loaded texts, raw tables and environments.
-- expect: harmless
secret_of_main = "mine"
local lib = import "lib"
print(lib.look())
local function call(f) return f() end
print(call(lib.look))
print(coroutine.wrap(lib.look)())
print("harmless")
