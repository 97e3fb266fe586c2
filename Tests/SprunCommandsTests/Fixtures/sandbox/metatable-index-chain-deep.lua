-- Looks a field up through 100,000 tables.
-- expect: refused "'__index' chain too long"
local chain = {}
for i = 1, 100000 do chain = setmetatable({}, { __index = chain }) end
print(chain.x)
