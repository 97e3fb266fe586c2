-- It returns 200 texts, each of which stands for 30 MB.
-- expect: refused 64 "64 KiB"
local all = import "lib"{ s = ("token-of-the-importer"):rep(50000) }.s:rep(30)
local texts = {}
for i = 1, 200 do texts[i] = all end
return table.unpack(texts)
