-- Yields in __close while an error goes up.
-- expect: harmless
local co = coroutine.wrap(function()
    return pcall(function()
        local x <close> = setmetatable({}, { __close = function() coroutine.yield("inside") error("second") end })
        error("first")
    end)
end)
if co() ~= "inside" then print("ESCAPED") end
local can, message = co()
if can or not message:find("second") then print("ESCAPED") end
print("harmless")
