-- Recurses through pcall, twice at each level.
-- expect: limit cpu
-- finding: once it is stopped, the error leaves 100,000 pcalls one by one, and Lua walks all of the stack for each
local function deep()
    pcall(deep)
    pcall(deep)
end
deep()
