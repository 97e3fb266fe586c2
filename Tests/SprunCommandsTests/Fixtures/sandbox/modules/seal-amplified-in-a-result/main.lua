-- It returns a result that stands for 6 GB: sprun opens a part of it, and refuses the rest.
-- expect: refused 64 "64 KiB"
-- command: run --simulate
local all = import "lib"{ s = ("token-of-the-importer"):rep(50000) }.s:rep(30)
local texts = {}
for i = 1, 200 do texts[i] = all end
return { texts = texts }
