-- It calls 20,000 functions drawn at random, in coroutines that are closed at random.
-- expect: harmless
local calls = { sp.time, sp.sleep, sp.servers, sp.random, sp.log, coroutine.yield, error, print, sp.list, pcall, sp.all, load, next, sp.short_name }
local values = { 0, 1, "x", {}, sp.null, print, { print } }
local open = {}
math.randomseed(7)
for i = 1, 3000 do
    local f, value = calls[math.random(#calls)], values[math.random(#values)]
    if f ~= print then
        local co = coroutine.create(function() pcall(f, value) coroutine.yield() pcall(f, value, value) end)
        open[i % 50 + 1] = co
        pcall(coroutine.resume, co)
        local other = open[math.random(50)]
        if other then pcall(math.random(3) == 1 and coroutine.close or coroutine.resume, other) end
    end
end
print("harmless")
