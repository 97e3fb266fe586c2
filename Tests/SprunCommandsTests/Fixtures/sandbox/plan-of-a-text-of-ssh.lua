-- It plans to write 20 files of 1 MB, each of them one line, to another host.
-- expect: shown
-- command: plan --simulate
for i = 1, 20 do
    ssh.copy{ host = "192.0.2.1", user = "root", content = ("c"):rep(1000000) .. i, to = "/tmp/" .. i }
end
