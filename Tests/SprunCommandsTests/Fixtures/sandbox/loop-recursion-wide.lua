-- Recurses with 200 variables at each level.
-- expect: limit depth
local names = {}
for i = 1, 199 do names[i] = "v" .. i end
local text = "local function deep() local " .. table.concat(names, ",") .. " = 1; return 1 + deep() end deep()"
load(text)()
