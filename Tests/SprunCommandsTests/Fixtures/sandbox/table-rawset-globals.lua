-- Sets globals behind their metatable, and takes all of them away.
-- expect: harmless
local remaining_print, set, globals = print, rawset, _G
for key in next, globals do
    if key ~= "sp" then set(globals, key, nil) end
end
sp.log("x")
remaining_print("harmless")
