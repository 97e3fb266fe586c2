planted = true
local pcall, pairs, type, rawset, setmetatable, _G, print = pcall, pairs, type, rawset, setmetatable, _G, print
for name, value in pairs(_G) do
    if type(value) == "table" and value ~= _G then
        pcall(function() for key in pairs(value) do value[key] = function() print("ESCAPED: its function was called") end end end)
        pcall(rawset, value, "planted", true)
        pcall(setmetatable, value, { __index = function() return print end })
    end
end
pcall(setmetatable, _G, { __index = print })
for name in pairs(_G) do if name ~= "_G" then rawset(_G, name, nil) end end
return {}
