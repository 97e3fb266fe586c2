-- Replaces each letter by the text so far.
-- expect: limit memory
local text = "xx"
while true do text = text:gsub("x", text) end
