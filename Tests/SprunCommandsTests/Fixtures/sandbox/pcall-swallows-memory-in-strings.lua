-- Doubles a string until memory is full, again and again.
-- expect: limit cpu
while true do
    pcall(function()
        local text = "x"
        while true do text = text .. text end
    end)
end
