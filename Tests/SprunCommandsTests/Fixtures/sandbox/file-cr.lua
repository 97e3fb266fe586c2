-- Has an end of line of old machines, which Lua counts as a line.
-- expect: refused "| nothing()"
local x = 1 --[[  ]]
nothing()
-- another line
