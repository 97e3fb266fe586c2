local key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI"
local function make(i) return sp.create_sshkey{ name = "key-" .. i, public_key = key .. (string.char(65 + i)):rep(43) }.id end
return recipe { name = "lib", version = "1.0.0", summary = "A recipe", needs = { create = { "sshkeys" } }, limits = { create = 1 },
    run = function() return { make = make, list = { make, { make } }, wrapped = coroutine.wrap(function(i) while true do i = coroutine.yield(make(i)) end end) } end }
