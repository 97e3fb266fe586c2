-- Passes tables with keys that no JSON has.
-- expect: refused "a key of type boolean cannot be passed"
for _, key in ipairs{ 1.5, {}, print, sp.null, coroutine.create(print), math.huge } do pcall(sp.apps, { [key] = 1 }) end
pcall(sp.apps, { [math.maxinteger] = 1, [math.mininteger] = 2, [0] = 3, x = 4 })
pcall(sp.apps, { ["\xff"] = 1 })
pcall(sp.apps, { [""] = 1, ["\0"] = 2, ["__proto__"] = 3 })
sp.apps{ [true] = 1 }
