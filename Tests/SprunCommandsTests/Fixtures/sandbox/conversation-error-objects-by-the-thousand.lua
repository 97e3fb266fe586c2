-- It keeps 30,000 errors of the host, raises each again, and gives them to the host.
-- expect: limit cpu
local kept = {}
for i = 1, 1e9 do
    local _, failure = pcall(sp.server, "none" .. i)
    kept[i % 30000] = failure
    pcall(error, failure)
    pcall(sp.result, { failure })
    pcall(sp.all, { function() error(failure) end })
end
