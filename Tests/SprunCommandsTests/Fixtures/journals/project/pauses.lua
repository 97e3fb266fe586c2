local name = sp.params.name
sp.create_sshkey{ name = name, public_key = "ssh-ed25519 AAAA" .. name }
sp.all{ function() sp.sleep("6s") end, function() sp.find_server{ name = "www1" } sp.sleep("5s") end }
