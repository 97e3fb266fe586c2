-- It starts hundreds of waits of the same length in nested coroutines, and counts whose answer arrives where.
-- expect: harmless
local calls = {}
for i = 1, 500 do
    calls[i] = function()
        local wrapped = coroutine.wrap(function(n) local found = sp.short_name("name-" .. n, 30) sp.sleep(n % 3) return found end)
        local mine = wrapped(i)
        if mine ~= "name-" .. i then print("ESCAPED: it got the answer of another") end
        return mine
    end
end
local all = sp.all(calls)
for i = 1, 500 do if all[i] ~= "name-" .. i then print("ESCAPED: the order is wrong") end end
print("harmless")
