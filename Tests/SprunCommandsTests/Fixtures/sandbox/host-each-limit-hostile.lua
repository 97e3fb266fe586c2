-- Gives sp.each limits that are none.
-- expect: refused "limit must be an integer of at least 1"
sp.each({ 1, 2, 3 }, function() end, { limit = math.maxinteger })
for _, limit in ipairs{ 0, -1, 1.5, 0 / 0, "x", {}, sp.null, math.mininteger } do
    if pcall(sp.each, { 1 }, function() end, { limit = limit }) then print("ESCAPED") end
end
sp.each({ 1 }, function() end, { limit = 0 })
