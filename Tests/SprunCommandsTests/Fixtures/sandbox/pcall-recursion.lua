-- Recurses through pcall, twice at each level.
-- expect: limit cpu
local function deep()
    pcall(deep)
    pcall(deep)
end
deep()
