-- Loads chunk after chunk and keeps them all.
-- expect: limit memory
-- finding: the clock is looked at after 1,000 instructions only, however long each takes
local chunks = {}
for i = 1, 1e9 do chunks[i] = load("return function() return " .. i .. " end") end
