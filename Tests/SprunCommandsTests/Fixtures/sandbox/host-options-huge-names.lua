-- Gives options and fields whose names have 3 MB.
-- expect: refused "SP0204"
local name = ("x"):rep(3 << 20)
pcall(sp.wait, {}, { [name] = 1 })
pcall(sp.secret, "x", { [name] = 1 })
pcall(sp.apps, { [name] = 1 })
pcall(function() return sp[name] end)
sp.create_app{ [name] = name }
