-- Gives the functions of coroutine what is none.
-- expect: harmless
for _, name in ipairs{ "close", "create", "isyieldable", "resume", "running", "status", "wrap" } do
    for _, value in ipairs{ 1, "x", {}, true, sp.null, sp } do pcall(coroutine[name], value) end
    pcall(coroutine[name])
end
for _, callee in ipairs{ print, pcall, error, coroutine.yield, coroutine.running, coroutine.close, load, next, sp.time } do
    local co = coroutine.create(callee)
    coroutine.resume(co)
    coroutine.resume(co, co)
    pcall(coroutine.close, co)
end
print("harmless")
