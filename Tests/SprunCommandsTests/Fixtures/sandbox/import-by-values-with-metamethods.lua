-- It imports values that turn into names by metamethods, concatenation and changes between two looks.
-- expect: harmless
local looks = 0
local value = setmetatable({}, { __tostring = function() looks = looks + 1 return looks % 2 == 0 and "/etc/passwd" or "./x" end, __name = "./x",
    __concat = function() return "/etc/passwd" end, __eq = function() return true end, __len = function() return 3 end })
for _ = 1, 10 do if pcall(import, value) then print("ESCAPED") end end
if pcall(import) or pcall(import, nil, "x") or pcall(import, "./x", _G) or pcall(import, 1e308) then print("ESCAPED") end
print(looks == 0 and "harmless")
