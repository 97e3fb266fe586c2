-- Waits in a comparator.
-- expect: refused "cannot wait inside table.sort's comparator"
table.sort({ 3, 2, 1 }, function() sp.sleep(1) end)
