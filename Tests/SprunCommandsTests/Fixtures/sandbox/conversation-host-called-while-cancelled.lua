-- It goes on calling the host after each has cancelled its function.
-- expect: refused "first"
sp.each({ 1, 2, 3 }, function(i)
    if i == 1 then sp.sleep(1) error("first") end
    local value <close> = setmetatable({}, { __close = function()
        for _ = 1, 20 do pcall(sp.sleep, 1) pcall(sp.all, { print }) pcall(sp.servers) end
    end })
    while true do
        local ok = pcall(sp.sleep, 100)
        if not ok then for _ = 1, 20 do pcall(sp.create_server, { name = "escaped" .. i }) end end
    end
end)
