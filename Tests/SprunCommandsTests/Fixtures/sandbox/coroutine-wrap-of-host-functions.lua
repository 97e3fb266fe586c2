-- It wraps functions of the host themselves, resumes them while they wait, and closes them.
-- expect: harmless
local made = {}
for name, f in pairs(sp) do if type(f) == "function" then made[#made + 1] = coroutine.create(f) end end
local finished = 0
local calls = {}
for i, co in ipairs(made) do
    calls[#calls + 1] = function() pcall(coroutine.resume, co, {}, {}) finished = finished + 1 end
    if i % 2 == 0 then calls[#calls + 1] = function() pcall(coroutine.close, co) pcall(coroutine.resume, co) end end
end
pcall(sp.all, calls)
print(finished == #made and "harmless")
