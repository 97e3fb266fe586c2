-- Closes coroutines whose __close raises every type of value.
-- expect: harmless
for _, value in ipairs{ 1, "x", {}, print, sp.null, true } do
    local co = coroutine.create(function()
        local x <close> = setmetatable({}, { __close = function() error(value) end })
        coroutine.yield()
    end)
    coroutine.resume(co)
    if coroutine.close(co) then print("ESCAPED") end
end
print("harmless")
