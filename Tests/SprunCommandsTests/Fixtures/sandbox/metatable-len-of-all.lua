-- It gives sp.all and sp.each lists whose length and items come from metamethods.
-- expect: harmless
local ran = false
local function run() ran = true print("ESCAPED: it ran what a metamethod gave") end
local forged = setmetatable({}, { __len = function() return 3 end, __index = function() return run end, __pairs = function() return next, { run } end })
pcall(sp.all, forged)
pcall(sp.each, forged, run)
pcall(sp.each, { 1 }, setmetatable({}, { __call = run }))
pcall(sp.all, { setmetatable({}, { __call = run }) })
print(not ran and "harmless")
