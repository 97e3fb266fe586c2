-- Compiles a function to bytecode with string.dump.
-- expect: refused "attempt to call a nil value (field 'dump')"
string.dump(function() end)
print("ESCAPED")
