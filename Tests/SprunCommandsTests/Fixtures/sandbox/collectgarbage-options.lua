-- Gives collectgarbage every option but "count".
-- expect: harmless
for _, option in ipairs{ "collect", "stop", "restart", "step", "isrunning", "generational", "incremental", "setpause",
    "setstepmul", "", "count\0stop" } do
    local can, message = pcall(collectgarbage, option, 0, 0, 0)
    if can and option ~= "count\0stop" then print("ESCAPED", option) end
end
if pcall(collectgarbage) then print("ESCAPED") end
print("harmless")
