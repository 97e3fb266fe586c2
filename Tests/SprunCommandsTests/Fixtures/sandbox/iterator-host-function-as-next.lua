-- It uses functions of the host as the iterators of loops, with states that are none.
-- expect: harmless
for _, iterator in ipairs{ sp.random, sp.short_name, sp.servers, sp.compare_runtimes, sp.list, sp.object } do
    pcall(function()
        local count = 0
        for value in iterator, 10, 8 do
            count = count + 1
            if count > 20 then break end
            assert(value ~= nil)
        end
    end)
end
print("harmless")
