-- Gives sp.all and sp.each what is no list of functions.
-- expect: refused "item 1 must be a function"
for _, value in ipairs{ 1, "x", true, sp.null, { 1 }, { x = print }, { sp.null }, { [2] = print }, { {}, print }, _G } do
    if pcall(sp.all, value) then print("ESCAPED") end
    pcall(sp.each, value, print)
    pcall(sp.each, { 1 }, value)
    pcall(sp.each, { 1 }, print, value)
end
sp.all{ setmetatable({}, { __call = print }) }
