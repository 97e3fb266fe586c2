-- Says something without end.
-- expect: limit cpu
while true do sp.log("x") end
