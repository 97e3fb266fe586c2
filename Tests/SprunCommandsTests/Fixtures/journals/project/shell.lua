-- Scripts and files on another host.
local p = sp.params
local function there(options)
    options.host, options.port, options.user = p.host, tonumber(p.port), p.user
    options.identity, options.host_key = p.identity, p.host_key
    return options
end
local ran = ssh.run(there{ script = "read -r word; echo got ${#word}", stdin = sp.secret("word") .. "\n" })
local is_done, failure = pcall(ssh.run, there{ script = "echo no space left >&2; exit 3" })
assert(not is_done and failure.code == "ssh_exit")
ssh.run(there{ script = "uname", reads = true })
local copied = ssh.copy(there{ content = "text of " .. p.name, to = p.folder .. "/copied" })
sp.create_sshkey{ name = p.name, public_key = "ssh-ed25519 AAAA" .. p.name }
if p.last then ssh.run(there{ script = "sleep 600" }) end
return { stdout = ran.stdout, changed = copied.changed }
