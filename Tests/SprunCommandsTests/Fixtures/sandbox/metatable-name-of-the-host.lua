-- Calls a table what the host calls its own.
-- expect: harmless
local value = setmetatable({ message = "x" }, { __name = "error", __hostmodule = "sp" })
pcall(rawset, value, "x", 1)
pcall(rawset, setmetatable({}, { __hostmodule = {} }), "x", 1)
pcall(rawset, setmetatable({}, { __hostmodule = true }), "x", 1)
pcall(error, value)
pcall(sp.wait, value)
print("harmless")
