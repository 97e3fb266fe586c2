-- It logs texts that stand for 8 MB each.
-- expect: refused 64 "64 KiB"
local all = import "lib"{ s = ("token-of-the-importer"):rep(50000) }.s:rep(8)
while true do sp.log(all) end
