-- Gets and replaces the metatables of sp, null, globals and error values.
-- expect: harmless
local failure = select(2, pcall(sp.app, "none"))
for _, value in ipairs{ sp, sp.null, _G, failure } do
    if type(getmetatable(value)) == "table" then print("ESCAPED", tostring(value)) end
    if pcall(setmetatable, value, {}) then print("ESCAPED", tostring(value)) end
end
print("harmless")
