-- Walks all tables and metatables that a recipe can reach, and looks there for what it should not have.
-- expect: harmless
local seen, found = {}, {}
local wanted = { "execute", "popen", "getenv", "loadlib", "cpath", "searchers", "getregistry", "sethook", "getinfo",
    "getupvalue", "setupvalue", "upvaluejoin", "getlocal", "setmetatable_", "dump", "loadfile", "dofile", "tmpname" }
local function walk(value, path)
    if type(value) ~= "table" or seen[value] then return end
    seen[value] = true
    for key, member in next, value do
        for _, name in ipairs(wanted) do
            if key == name then found[#found + 1] = path .. "." .. name end
        end
        walk(key, path .. ".key")
        walk(member, path .. "." .. tostring(key))
    end
    walk(getmetatable(value), path .. ".metatable")
end
walk(_G, "_G")
for _, value in ipairs{ "", 1, true, print, sp.null, coroutine.create(print), sp, (select(2, pcall(sp.log, nil))) } do
    walk(getmetatable(value), type(value))
end
if #found > 0 then print("ESCAPED", table.concat(found, " ")) end
print("harmless")
