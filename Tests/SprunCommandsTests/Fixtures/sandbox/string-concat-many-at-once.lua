-- Concatenates 200 texts of 1 MB in one instruction.
-- expect: limit memory
local t = ("x"):rep(1 << 20)
local all = t
for _ = 1, 100 do all = all .. t .. t .. t .. t .. t .. t .. t .. t .. t .. t .. t .. t .. t .. t .. t .. t .. t .. t .. t .. t end
