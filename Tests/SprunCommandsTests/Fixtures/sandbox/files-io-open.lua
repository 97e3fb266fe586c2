-- Writes a file with io.
-- expect: refused "undefined global 'io'"
io.open("ESCAPED", "w"):close()
