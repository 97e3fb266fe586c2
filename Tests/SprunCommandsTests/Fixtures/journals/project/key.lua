return { id = sp.create_sshkey{ name = sp.params.name, public_key = "ssh-rsa AAAA" .. sp.params.name }.id }
