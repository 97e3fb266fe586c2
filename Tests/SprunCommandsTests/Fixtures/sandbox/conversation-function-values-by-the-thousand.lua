-- It gives the host thousands of functions in lists that are refused, and in such that are not.
-- expect: harmless
for round = 1, 20 do
    local functions = {}
    for i = 1, 1000 do functions[i] = function() return i end end
    functions[1001] = round % 2 == 0 and 1 or nil
    pcall(sp.all, functions)
    pcall(sp.result, functions)
    pcall(sp.log, functions)
    pcall(error, functions)
end
print("harmless")
