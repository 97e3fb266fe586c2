-- It calls methods of strings on tables, numbers and errors with fields of the same names.
-- expect: harmless
local _, failure = pcall(sp.server, "x")
failure.upper = string.upper
for _, self in ipairs{ failure, sp.null, sp, 1e308, {}, sp.servers()[1] } do
    for name, method in pairs(string) do
        if type(method) == "function" and name ~= "rep" then pcall(method, self, self, self) end
    end
end
print("harmless")
