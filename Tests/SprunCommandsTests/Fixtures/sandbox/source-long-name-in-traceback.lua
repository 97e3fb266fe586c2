-- Fails at the bottom of 60 calls of a function whose name has 2 MB.
-- expect: refused "deep"
local name = ("x"):rep(2 << 20)
load(([[
function %s(n)
    if n == 0 then error("deep") end
    local r = %s(n - 1)
    return r
end
%s(60)]]):format(name, name, name))()
