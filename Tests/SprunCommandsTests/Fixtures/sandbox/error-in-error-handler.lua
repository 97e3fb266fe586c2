-- Raises errors in the handler of xpcall, and in its handler.
-- expect: harmless
for _ = 1, 1000 do
    local can, message = xpcall(error, function() error("again") end, "x")
    if can then print("ESCAPED") end
end
local function handler(message) return xpcall(error, handler, message) end
if xpcall(error, handler, "x") then print("ESCAPED") end
print("harmless")
