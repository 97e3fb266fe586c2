-- Catches the end of the memory again and again.
-- expect: limit cpu
while true do
    pcall(function()
        local kept = {}
        for i = 1, 1e9 do kept[i] = { i } end
    end)
end
