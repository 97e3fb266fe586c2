-- Takes the hook away that counts the time.
-- expect: refused "attempt to call a nil value (field 'sethook')"
debug.sethook()
while true do end
