-- Walks an iterator of the host without end.
-- expect: limit cpu
for _ in sp.time do end
