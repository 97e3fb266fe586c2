-- Lets string.gsub look each letter up in a table that looks it up by a function of C.
-- expect: limit cpu
local text = ("x"):rep(8 << 20)
text:gsub(".", setmetatable({}, { __index = setmetatable({}, { __index = pcall }) }))
