-- Gives xpcall functions of the host as handlers.
-- expect: harmless
for _, handler in ipairs{ sp.log, sp.wait, sp.all, print, error, pcall, coroutine.yield, coroutine.close, load } do
    xpcall(error, handler, "x")
    xpcall(error, handler)
    xpcall(error, handler, {})
end
print("harmless")
