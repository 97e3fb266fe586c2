-- Sorts in a comparator.
-- expect: limit depth
local function compare()
    table.sort({ 3, 2, 1 }, compare)
    return true
end
compare()
