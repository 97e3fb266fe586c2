-- It yields numbers, nil and functions where the host parks, to be taken for an operation.
-- expect: harmless
local got = {}
local co = coroutine.wrap(function()
    for i = 0, 300 do
        got[#got + 1] = coroutine.yield(nil, i)
        coroutine.yield(i, i)
        coroutine.yield(print, i)
        coroutine.yield(sp.null, i)
        sp.sleep(0)
    end
end)
for _ = 1, 1300 do pcall(co, "answer", 1) end
for _, value in ipairs(got) do if value ~= "answer" then print("ESCAPED: it got another's answer") end end
print("harmless")
