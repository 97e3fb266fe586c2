-- Hands 200,000 arguments on from call to call: each call is one instruction that copies them.
-- expect: limit cpu
local function pass(...) return ... end
local function again(...)
    while true do pass(...) end
end
again(table.unpack({}, 1, 200000))
