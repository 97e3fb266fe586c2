-- Lets a reader give text without end.
-- expect: limit cpu
load(function() return "x = 1 -- \n" end)
