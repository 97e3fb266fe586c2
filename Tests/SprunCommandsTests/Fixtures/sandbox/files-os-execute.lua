-- Runs a command of the machine.
-- expect: refused "undefined global 'os'"
os.execute("touch ESCAPED")
