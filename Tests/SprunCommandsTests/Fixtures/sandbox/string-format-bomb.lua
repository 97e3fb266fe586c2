-- Formats a text into itself until memory ends.
-- expect: limit memory
local text = "x"
while true do text = string.format("%s%s", text, text) end
