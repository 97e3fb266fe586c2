-- Fails in a line that holds control characters.
-- expect: refused "attempt to call a nil value"
local x = nil x("[2J]0;x 31m ‮")
