-- It lets the host learn a key of characters that each writing escapes, and prints all of its writings without end.
-- expect: limit cpu
pcall(sp.cloud_init, { id = "x", apikey = ("\"\\/&<>%\u{1F600}"):rep(3000) }, {})
local text = ("%2522&#34;\\u0022\\\\\"\\/"):rep(20000)
for _ = 1, 1e9 do print(text) end
