return { read = function(secret) return secret:reveal() end, own = function() return sp.secret("x"):reveal() end, late = function() return import("./late.lua") end }
