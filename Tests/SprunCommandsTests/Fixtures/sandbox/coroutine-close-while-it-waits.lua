-- Closes coroutines that wait for the host, also in the middle of a chain, and goes on.
-- expect: harmless
for depth = 1, 5 do
    local chain = {}
    local function level(n)
        chain[n] = coroutine.create(function()
            if n == depth then return sp.sleep(10) end
            level(n + 1)
        end)
        return coroutine.resume(chain[n])
    end
    for closed = 1, depth do
        sp.all{
            function() level(1) end,
            function()
                coroutine.close(chain[closed])
                pcall(coroutine.close, chain[depth])
                for n = 1, depth do coroutine.resume(chain[n]) end
            end,
        }
    end
end
print("harmless")
