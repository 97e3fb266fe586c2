-- Recurses through the handler of xpcall.
-- expect: harmless
local depth = 0
local function handler(message)
    depth = depth + 1
    if depth > 100000 then return message end
    return xpcall(error, handler, message)
end
xpcall(error, handler, "x")
print("harmless")
