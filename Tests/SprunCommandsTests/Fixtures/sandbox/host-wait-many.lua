-- Waits for 100,000 actions that do not exist.
-- expect: refused "at most 50000 actions"
local actions = {}
for i = 1, 100000 do actions[i] = ("a%015d"):format(i) end
sp.wait(actions)
