-- It gives coroutines to every function of the host, as arguments, in lists and as fields.
-- expect: harmless
local co = coroutine.create(function() sp.sleep(5) end)
local names = {}
for name, f in pairs(sp) do if type(f) == "function" then names[#names + 1] = name end end
for _, name in ipairs(names) do
    for _, given in ipairs{ { co }, { { co } }, { { name = co } }, { "x", co }, { { id = co, key = co }, { timeout = co, limit = co } } } do
        local ok = pcall(sp[name], table.unpack(given))
        if ok and name == "result" then print("ESCAPED: it took a coroutine") end
    end
end
print("harmless")
