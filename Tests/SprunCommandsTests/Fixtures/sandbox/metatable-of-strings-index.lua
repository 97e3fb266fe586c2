-- Replaces what strings look their methods up in: its own table of strings is not that.
-- expect: harmless
for name in pairs(string) do string[name] = function() return "mine" end end
setmetatable(string, { __index = function() return function() return "mine" end end })
if ("x"):rep(3) ~= "xxx" or pcall(function() return ("x"):mine() end) then print("ESCAPED") end
sp.log("x")
local server = sp.find_server{ name = "www1" }
sp.secret("x", { length = 12 })
if not server or server.name ~= "www1" then print("ESCAPED") end
print("harmless")
