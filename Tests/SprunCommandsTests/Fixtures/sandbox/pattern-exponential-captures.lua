-- Matches with nested captures and back references.
-- expect: limit cpu
local _ = (("a"):rep(64)):find(("(a-)"):rep(16) .. "%1%2%3%4%5%6%7%8%9b")
