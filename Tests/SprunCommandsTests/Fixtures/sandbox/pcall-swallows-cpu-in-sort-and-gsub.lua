-- Lets the end of the time end a comparator and a replacement, and goes on.
-- expect: limit cpu
while true do
    pcall(table.sort, { 3, 2, 1 }, function() while true do end end)
    pcall(string.gsub, "x", "x", function() while true do end end)
end
