-- Adds keys to a table while it is walked.
-- expect: limit memory
local t, count = { x = 1 }, 0
while true do
    for key in pairs(t) do
        count = count + 1
        t["x" .. count] = { key, ("y"):rep(5000) .. count }
    end
end
