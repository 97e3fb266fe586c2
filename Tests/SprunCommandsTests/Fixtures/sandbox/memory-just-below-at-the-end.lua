-- Fills memory to just below the limit, and ends with a large result.
-- expect: limit memory
local kept, size = {}, 1 << 20
while size > 32 do
    local can, text = pcall(string.rep, "x", size)
    if can then kept[#kept + 1] = text else size = size // 2 end
end
local t = {}
for i = 1, 1e6 do t[i] = kept end
