-- It returns one member whose name has 1 MB beside 20,000 short ones, which are padded to be as wide.
-- expect: shown
local all = { [("n"):rep(1000000)] = 1 }
for i = 1, 20000 do all["m" .. i] = i end
return all
