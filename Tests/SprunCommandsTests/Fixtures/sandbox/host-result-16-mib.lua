-- Sets a result as large as can be passed, again and again.
-- expect: limit cpu
-- finding: the clock is looked at after 1,000 instructions only, however long each takes
local result = { x = ("x"):rep((16 << 20) - 100) }
while true do sp.result(result) end
