-- It logs in at hosts that are spelled unlike those that it needs.
-- expect: harmless
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe", needs = { ssh = { "192.0.2.7" } }, run = function()
    for _, host in ipairs{ "192.0.2.8", "192.0.2.7.", "192.0.02.7", "0xc0000207", "3221225991", "[192.0.2.7]", "root@192.0.2.8", "192.0.2.7 192.0.2.8", "-oProxyCommand=id",
        "192.0.2.7\n192.0.2.8", "192.0.2.7\0x", "*", "", "localhost", "::ffff:192.0.2.7", "192.0.2.7%eth0" } do
        local ok = pcall(ssh.run, { host = host, script = "id", planned = {} })
        if ok then print("ESCAPED: it logged in at " .. host) end
    end
    for _, jump in ipairs{ "192.0.2.8", "root@192.0.2.8:22", "192.0.2.7,192.0.2.8", "-oX=y" } do
        if pcall(ssh.run, { host = "192.0.2.7", jump = jump, script = "id", planned = {} }) then print("ESCAPED: it went through " .. jump) end
    end
    print("harmless")
end }
