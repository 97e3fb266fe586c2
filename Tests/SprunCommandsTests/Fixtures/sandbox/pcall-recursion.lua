-- Recurses through pcall, twice at each level.
-- expect: limit cpu
-- finding: the clock is looked at after 1,000 instructions only, however long each takes; an error at the bottom of a deep stack shrinks and grows it each time
local function deep()
    pcall(deep)
    pcall(deep)
end
deep()
