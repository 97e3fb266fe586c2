-- It gives a header, and changes by a closing variable what it gave before sprun has read it.
-- expect: harmless
local header = { name = "hostile", version = "1.0.0", summary = "A hostile recipe", needs = {}, run = function()
    if pcall(sp.create_server, { name = "escaped" }) then print("ESCAPED: it made what it had not said") end
    print("harmless")
end }
do
    local changing <close> = setmetatable({}, { __close = function() header.needs = nil end })
end
return recipe (header)
