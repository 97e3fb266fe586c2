-- It imports files of this machine that end like recipes, and such that do not.
-- expect: harmless
for _, name in ipairs{ "/usr/share/lua/5.4/x.lua", "/etc/hostname", "/proc/self/cmdline", "/proc/self/environ", "/dev/zero", "/dev/tty", "../../../../../../etc/passwd",
    "./../../../../../../etc/hostname", "file:///etc//hostname@HEAD", "file://localhost/etc//passwd@v1", "/root/.ssh/id_ed25519", "../.sprun/x", "../error", "../output", "./../error" } do
    local ok, message = pcall(import, name)
    if ok then print("ESCAPED: it imported " .. name) end
    message = tostring(message)
    if message:find("root:") or message:find("HOME=") then print("ESCAPED: it read a file") end
end
print("harmless")
