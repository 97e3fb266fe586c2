-- Imports while it sorts.
-- expect: refused "cannot wait"
table.sort({ 3, 2, 1 }, function() return import "audit" end)
