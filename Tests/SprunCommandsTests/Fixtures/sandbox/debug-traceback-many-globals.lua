-- Makes tracebacks with 300,000 globals, through which Lua looks for the name of each function.
-- expect: limit cpu
-- finding: the clock is looked at after 1,000 instructions only, however long each takes; a traceback searches all globals for each frame
for i = 1, 300000 do _G["g" .. i] = true end
while true do debug.traceback("x") end
