local shared = import "file:///tmp/sprun-golden//shared@v1"
local server = sp.find_server{ name = "www1" }
local said = shared{ server = server, name = sp.params.name }.said
sp.create_sshkey{ name = sp.params.name, public_key = "ssh-ed25519 AAAA" .. sp.params.name }
return { said = said }
