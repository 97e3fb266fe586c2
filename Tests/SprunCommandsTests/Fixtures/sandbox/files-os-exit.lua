-- Ends the process, as if all were done.
-- expect: refused "undefined global 'os'"
os.exit(0, true)
