-- Replaces sp and its functions.
-- expect: refused "sp is read-only"
local original = sp
sp = { log = print }
sp = original
sp.log = print
