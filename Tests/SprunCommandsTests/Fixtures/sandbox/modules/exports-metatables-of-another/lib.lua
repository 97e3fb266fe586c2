local meta = { __index = function() return "ESC" .. "APED" end, __newindex = function() end, __call = function() return sp.secret("password") end }
local kept = setmetatable({}, meta)
return recipe { name = "lib", version = "1.0.0", summary = "A library", exports = {
    table = function() return kept, meta end, look = function(t) return getmetatable(t) == meta end } }
