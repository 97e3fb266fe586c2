-- Asks for the metatable of strings by every way there is, to give them metamethods that loop.
-- expect: harmless
local function endless() while true do end end
for _, text in ipairs{ "", "x", ("x"):rep(100), tostring(1) } do
    assert(getmetatable(text) == false, "ESCAPED: strings have a metatable for scripts")
    assert(not pcall(setmetatable, text, { __index = endless }))
    assert(not pcall(rawset, text, "__index", endless))
    assert(not pcall(function() text.__index = endless end))
end
for _, event in ipairs{ "index", "newindex", "call", "len", "eq", "lt", "le", "concat", "tostring", "pairs", "close",
    "unm", "add", "name", "gc", "mode", "metatable", "hostmodule" } do
    string["__" .. event] = endless
end
sp.log("x")
sp.servers{ name = "www1" }
sp.secret("x")
sp.result{ x = "y" }
print("harmless")
