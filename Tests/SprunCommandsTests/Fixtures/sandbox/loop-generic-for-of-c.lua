-- Walks an iterator of C without end.
-- expect: limit cpu
for _ in collectgarbage, "count" do end
