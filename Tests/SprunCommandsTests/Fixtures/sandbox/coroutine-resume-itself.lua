-- Resumes the coroutine that runs, and those that have resumed it.
-- expect: harmless
local main = coroutine.running()
local co
co = coroutine.create(function()
    if coroutine.resume(co) or coroutine.resume(main) then print("ESCAPED") end
    coroutine.wrap(function() if coroutine.resume(co) or coroutine.resume(main) then print("ESCAPED") end end)()
end)
coroutine.resume(co)
print("harmless")
