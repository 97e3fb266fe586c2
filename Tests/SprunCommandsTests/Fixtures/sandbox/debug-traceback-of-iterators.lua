-- It asks for the trace of coroutines that stand in iterators, readers and comparators.
-- expect: harmless
local traces = {}
local function trace() traces[#traces + 1] = debug.traceback("x", 0) return nil end
for _ in trace do end
pcall(load, trace)
pcall(table.sort, { 3, 1, 2 }, function() trace() return false end)
pcall(string.gsub, "x", "x", trace)
for _, t in ipairs(traces) do if t:find("0x") or t:find("/root") or t:find("/home") or t:find("%.c:") then print("ESCAPED: " .. t) end end
print(#traces > 3 and "harmless")
