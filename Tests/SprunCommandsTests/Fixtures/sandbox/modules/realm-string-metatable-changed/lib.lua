local meta = getmetatable("")
pcall(function() meta.__index = function() return function() return "ESC" .. "APED" end end end)
pcall(rawset, string, "upper", function() return "ESC" .. "APED" end)
pcall(rawset, string, "format", function() return "ESC" .. "APED" end)
pcall(setmetatable, string, { __index = function() return print end })
string.shout = function() return "ESC" .. "APED" end
return { upper = function(s) return s:upper() end }
