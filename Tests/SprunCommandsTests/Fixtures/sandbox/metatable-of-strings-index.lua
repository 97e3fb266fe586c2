-- Replaces what strings look their methods up in.
-- expect: harmless
getmetatable("").__index = function() return function() return "mine" end end
if ("x"):rep(3) ~= "mine" then print("no") end
sp.log("x")
local server = sp.find_server{ name = "www1" }
sp.secret("x", { length = 12 })
if not server or server.name ~= "www1" then print("ESCAPED") end
print("harmless")
