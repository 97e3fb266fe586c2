-- It closes coroutines while they create and delete, and looks what the account has then.
-- expect: harmless
local server = sp.servers()[1]
local calls = {}
for i = 1, 20 do
    local co = coroutine.create(function() sp.create_sysuser{ serverid = server.id, name = "closed-" .. i } print("ESCAPED: it went on") end)
    calls[#calls + 1] = function() coroutine.resume(co) end
    calls[#calls + 1] = function() coroutine.close(co) end
end
pcall(sp.all, calls)
for _, user in ipairs(sp.sysusers()) do assert(type(user.id) == "string") end
print("harmless")
