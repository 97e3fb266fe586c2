-- Replaces the functions of string, table and math, and lets the host work.
-- expect: harmless
local function mine() error("mine") end
for _, library in ipairs{ string, table, math, utf8, coroutine } do
    for name in pairs(library) do library[name] = mine end
end
local names = { "tostring", "type", "pairs", "next", "error", "select", "setmetatable", "rawget", "load" }
for _, name in ipairs(names) do _G[name] = mine end
sp.log("x")
sp.secret("x")
sp.all{ function() return sp.find_server{ name = "www1" } end }
sp.each({ "a" }, function(item) return item end)
sp.result{ x = { "y" } }
if pcall(sp.app, "none") then print("ESCAPED") end
print("harmless")
