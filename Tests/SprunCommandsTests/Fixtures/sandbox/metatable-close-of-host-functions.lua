-- It has functions of the host called as closing functions of variables.
-- expect: harmless
for _, closer in ipairs{ sp.log, sp.sleep, sp.all, sp.result, sp.servers, http.get, import, sp.list, print } do
    pcall(function()
        local value <close> = setmetatable({ closer }, { __close = closer, __tostring = function() return "closed" end })
        error("x")
    end)
end
print("harmless")
