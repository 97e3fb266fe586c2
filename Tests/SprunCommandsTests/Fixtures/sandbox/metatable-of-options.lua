-- It gives functions of the host options that have metamethods alone.
-- expect: harmless
local trap = setmetatable({}, { __index = function(_, k) print("ESCAPED: asked for " .. tostring(k)) end,
    __pairs = function() print("ESCAPED: walked over") return next, {} end, __len = function() print("ESCAPED: counted") return 3 end })
for _, name in ipairs{ "ensure_server", "create_server", "find_app", "wait", "sleep", "all", "cloud_init", "connect_server", "secret",
    "result", "list", "object", "wait_connected" } do
    pcall(sp[name], trap)
    pcall(sp[name], "x", trap)
    pcall(sp[name], { trap }, trap, trap)
end
pcall(http.request, trap)
pcall(http.get, "https://a.example/", trap)
pcall(ssh.run, trap)
pcall(ssh.copy, trap)
print("harmless")
