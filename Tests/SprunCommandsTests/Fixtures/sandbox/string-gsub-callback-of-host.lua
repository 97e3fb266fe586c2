-- Lets string.gsub call the host for each of ten million letters, so that no instruction is counted.
-- expect: limit cpu
local _ = ("1"):rep(10 << 20):gsub(".", sp.log)
print("ended")
