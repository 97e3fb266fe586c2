-- Lets __tostring give what is no text, to everything that asks for one.
-- expect: refused "'__tostring' must return a string"
for _, text in ipairs{ {}, true, sp.null, print } do
    local value = setmetatable({}, { __tostring = function() return text end })
    if pcall(tostring, value) or pcall(print, value) or pcall(string.format, "%s", value) then print("ESCAPED") end
end
print(setmetatable({}, { __tostring = function() end }))
