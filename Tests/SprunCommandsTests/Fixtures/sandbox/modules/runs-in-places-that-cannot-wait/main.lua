-- Runs an imported recipe where nothing can wait.
-- expect: harmless
local lib = import "lib"
pcall(table.sort, { 2, 1 }, lib)
pcall(string.gsub, "x", "x", lib)
pcall(tostring, setmetatable({}, { __tostring = lib }))
pcall(load, lib)
xpcall(error, lib)
local co = coroutine.create(function() local x <close> = setmetatable({}, { __close = function() lib() end }) coroutine.yield() end)
coroutine.resume(co)
pcall(coroutine.close, co)
print("harmless")
