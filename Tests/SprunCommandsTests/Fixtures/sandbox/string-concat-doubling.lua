-- Doubles a text until memory ends.
-- expect: limit memory
local text = "x"
while true do text = text .. text end
