-- Links table to table, which the collector has to follow.
-- expect: limit memory
local chain
while true do chain = { chain } end
