-- Sets a result as large as can be passed, again and again.
-- expect: limit memory
local result = { x = ("x"):rep((16 << 20) - 100) }
while true do sp.result(result) end
