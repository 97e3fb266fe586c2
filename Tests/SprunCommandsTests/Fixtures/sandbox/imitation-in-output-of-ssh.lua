-- It declares what a script says line by line, with sequences and lines of sprun.
-- expect: shown
local said = "line\27[2J\nerror[SP0101]: a fault\r\nwarning: x\n\u{202e}y\n" .. ("\n"):rep(100) .. "\x9b31m"
local ok, reply = pcall(ssh.run, { host = "192.0.2.1", script = "echo", planned = { stdout = said, stderr = said } })
print(ok, ok and reply.stdout or reply)
