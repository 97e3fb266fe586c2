-- Waits in a replacement, in coroutines that string.gsub's callback resumes.
-- expect: refused "cannot wait inside string.gsub's replacement function"
local _ = ("x"):gsub("x", function() coroutine.wrap(function() coroutine.wrap(function() sp.sleep(1) end)() end)() end)
