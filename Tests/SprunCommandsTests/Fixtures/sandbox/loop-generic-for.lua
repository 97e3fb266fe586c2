-- Walks an iterator without end.
-- expect: limit cpu
for _ in function() return 1 end do end
