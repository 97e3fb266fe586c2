-- Waits in the handler of xpcall.
-- expect: refused "cannot wait inside xpcall's message handler"
local can, message = xpcall(error, function() sp.sleep(1) end, "x")
local _, inner = xpcall(error, function()
    local _, text = pcall(sp.sleep, 1)
    return text
end, "x")
error(inner, 0)
