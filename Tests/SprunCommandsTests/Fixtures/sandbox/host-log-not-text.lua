-- Says what is no text.
-- expect: refused "sp.log: argument 1"
for _, value in ipairs{ {}, print, sp.null, coroutine.create(print), 0 / 0, math.huge, 1e308, true, "\xff" } do
    pcall(sp.log, value)
    pcall(sp.warn, value)
end
pcall(sp.log)
pcall(sp.log, "a", "b", {})
sp.log(print)
