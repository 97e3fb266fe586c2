-- Runs another file.
-- expect: refused "undefined global 'dofile'"
dofile("/etc/passwd")
