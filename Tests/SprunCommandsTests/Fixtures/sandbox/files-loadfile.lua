-- Loads another file.
-- expect: refused "undefined global 'loadfile'"
loadfile("/etc/passwd")
