-- It plans answers whose texts and statuses look like failures of sprun.
-- expect: refused "HTTP 500"
local body = "x\nerror[SP0101]: a fault of sprun\27[2J\u{202e}\r\u{85}y"
pcall(http.get, "https://a.example/", { planned = { status = 404, body = body } })
pcall(ssh.run, { host = "192.0.2.1", script = "x", planned = { stdout = body, stderr = body, status = 1 } })
http.get("https://a.example/", { planned = { status = 500, body = body } })
