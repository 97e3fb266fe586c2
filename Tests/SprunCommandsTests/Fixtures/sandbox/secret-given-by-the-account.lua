-- It prints the key of a new server, which the account gave it, and gives it back in other calls.
-- expect: harmless
local server = sp.create_server{ name = "new-server" }
local key = server.apikey
assert(type(key) == "string" and #key > 8)
print(key, select(2, pcall(sp.server, key)))
for name, value in pairs(server) do if value == key then sp.log(name .. " is " .. value) end end
local _, failure = pcall(error, key)
print(failure == key and "harmless")
return { key = key, [key] = 1 }
