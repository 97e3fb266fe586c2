-- Runs nothing side by side, without end.
-- expect: limit cpu
while true do sp.all{} end
