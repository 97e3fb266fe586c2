-- Waits in a replacement.
-- expect: refused "cannot wait inside string.gsub's replacement function"
local _ = ("x"):gsub("x", function() sp.sleep(1) end)
