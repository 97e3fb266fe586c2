-- It gives what the host has read metatables, and gives it back to the host.
-- expect: harmless
local server = sp.servers()[1]
local touched = false
local function trap() touched = true return "ESCAPED" end
setmetatable(server, { __index = trap, __pairs = trap, __len = trap, __tostring = trap, __eq = trap, __lt = trap, __concat = trap })
sp.newest_runtime(server)
pcall(sp.find_server, server)
pcall(sp.update_server, server, server)
pcall(sp.result, server)
pcall(sp.newest_runtime, setmetatable({}, { __index = server }))
print(not touched and "harmless" or "ESCAPED: the host called a metamethod")
