-- Gives strings every metamethod, each of which loops, and then lets the host handle strings.
-- expect: harmless
local function endless() while true do end end
local metatable = getmetatable("")
for _, event in ipairs{ "index", "newindex", "call", "len", "eq", "lt", "le", "concat", "tostring", "pairs", "close",
    "unm", "add", "name", "gc", "mode", "metatable", "hostmodule" } do
    metatable["__" .. event] = endless
end
sp.log("x")
sp.servers{ name = "www1" }
sp.secret("x")
sp.result{ x = "y" }
local can = pcall(sp.app, "none")
if can then _G.print("ESCAPED") end
metatable.__tostring = nil
print("harmless")
