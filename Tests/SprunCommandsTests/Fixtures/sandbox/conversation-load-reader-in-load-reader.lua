-- It nests readers of load in readers of load until nothing is left, and calls the host in the deepest.
-- expect: harmless
local deepest = 0
local function nest(depth)
    deepest = math.max(deepest, depth)
    pcall(sp.time)
    return load(function()
        if depth < 500 then pcall(nest, depth + 1) end
        return nil
    end)
end
pcall(nest, 1)
print(deepest > 3 and "harmless")
