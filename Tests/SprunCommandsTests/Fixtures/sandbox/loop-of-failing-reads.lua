-- Makes reads that fail without end.
-- expect: limit cpu
while true do pcall(sp.app, "nononononononono") end
