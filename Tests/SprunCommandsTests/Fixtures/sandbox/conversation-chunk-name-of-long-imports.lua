-- It gives its chunks names like the shortened ones that the host gives to long paths.
-- expect: harmless
for i = 0, 300 do
    local name = ("...%s"):format(("d/"):rep(20) .. i)
    local _, message = pcall(load("error('x')", "@" .. name))
    if not tostring(message):find(name, 1, true) then print("ESCAPED: " .. tostring(message)) end
    pcall(load("error('..." .. ("x"):rep(60) .. ":1: y', 0)", "=..1.." .. i))
end
print("harmless")
