-- It plans scripts of 1 MB with outputs of 1 MB, without end.
-- expect: limit memory
-- command: plan --simulate
for i = 1, 1e9 do
    pcall(ssh.run, { host = "192.0.2.1", script = ("# x\n"):rep(250000) .. i, planned = { stdout = ("o"):rep(1000000) } })
end
