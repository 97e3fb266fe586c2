-- Lets a reader give blanks without end: neither memory nor syntax stops it.
-- expect: limit cpu
local blanks = (" "):rep(1e6)
load(function() return blanks end)
