-- Has an end of line of old machines, which Lua counts as a line.
-- expect: refused "| nothing()"
-- finding: lines are counted by line feeds alone, and by Lua also by carriage returns: the excerpt shows another line
local x = 1 --[[  ]]
nothing()
-- another line
