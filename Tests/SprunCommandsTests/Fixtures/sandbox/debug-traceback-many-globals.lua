-- Makes tracebacks with 300,000 globals, through which Lua looks for the name of each function.
-- expect: limit cpu
for i = 1, 300000 do _G["g" .. i] = true end
while true do debug.traceback("x") end
