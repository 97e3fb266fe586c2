-- It prints and calls the host while it is closed by the limit of memory.
-- expect: limit memory
local closing <close> = setmetatable({}, { __close = function()
    for i = 1, 100 do pcall(print, "closing " .. i) pcall(sp.log, i) pcall(sp.time) pcall(sp.secret, "x" .. i) end
end })
local all = {}
for i = 1, 1e9 do all[i] = ("x"):rep(100000) .. i end
