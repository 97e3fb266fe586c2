-- It ends while coroutines that it started still wait, hold closing variables and would print.
-- expect: harmless
for i = 1, 100 do
    local co = coroutine.create(function()
        local value <close> = setmetatable({}, { __close = function() print("ESCAPED: it was closed after the end") end })
        coroutine.yield()
    end)
    coroutine.resume(co)
end
print("harmless")
