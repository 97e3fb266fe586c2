-- Fills memory to just below the limit, and works on there.
-- expect: limit cpu
local kept, size = {}, 1 << 20
while size > 64 do
    local can, text = pcall(string.rep, "x", size)
    if can then kept[#kept + 1] = text else size = size // 2 end
end
kept[#kept] = nil
while true do
    pcall(function()
        local t = { {}, {}, "x" .. #kept }
        sp.log(tostring(t) .. table.concat({ "a", "b" }))
        pcall(error, t)
        coroutine.wrap(function() coroutine.yield(t) end)()
    end)
end
