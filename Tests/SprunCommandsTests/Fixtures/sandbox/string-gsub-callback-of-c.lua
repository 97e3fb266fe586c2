-- Lets string.gsub call functions of C for each of eight million letters, so that no instruction is counted.
-- expect: limit cpu
local text = ("x"):rep(8 << 20)
text:gsub(".", pcall)
print("ended")
