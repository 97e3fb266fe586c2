-- It passes an error of the host through a hundred levels of pcall, each, coroutines and rethrows.
-- expect: refused "find_server"
local function level(n)
    if n == 0 then sp.find_server{ colour = 1 } end
    local ok, failure = pcall(function()
        if n % 5 == 0 and n < 100 then return sp.all{ function() level(n - 1) end } end
        return coroutine.wrap(level)(n - 1)
    end)
    if not ok then error(failure, 0) end
end
level(60)
