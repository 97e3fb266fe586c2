-- It returns functions of the host, of the library and of others from functions side by side, and calls what comes back.
-- expect: harmless
local found = sp.all{ function() return sp.log end, function() return print end, function() return coroutine.wrap(print) end,
    function() return pairs end, function() return function() return 5 end end }
for _, f in ipairs(found) do pcall(f, "harmless") end
assert(found[5]() == 5)
print("harmless")
