-- Lets a reader give what is no text.
-- expect: refused "reader function must return a string"
for _, value in ipairs{ {}, true, print, sp.null } do
    local chunk = load(function() return value end)
    if chunk then print("ESCAPED") end
end
assert(load(function() return {} end))
