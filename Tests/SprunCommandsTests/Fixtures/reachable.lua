-- Prints everything that a recipe can reach without being given it: each path with its type, sorted, a line each.
--
-- What is reached by a second path is only said to be the same, so the list has an end. Values are left out: some differ
-- in each run. Metatables are reached by getmetatable alone; "hidden" is one that it does not give.
local lines, seen = {}, {}

local function add(path, text) lines[#lines + 1] = path .. "  " .. text end

local function part(key)
    if type(key) == "string" and key:find("^[%a_][%w_]*$") then return "." .. key end
    return "[" .. (type(key) == "string" and ("%q"):format(key) or tostring(key)) .. "]"
end

local visit

-- Of a function and a table only: numbers and texts that are equal are the same everywhere.
local function again(path, value)
    if type(value) ~= "table" and type(value) ~= "function" and type(value) ~= "userdata" then return false end
    if seen[value] then
        add(path, type(value) .. ", the same as " .. seen[value])
        return true
    end
    seen[value] = path
    return false
end

local function visit_metatable(path, value)
    local metatable = getmetatable(value)
    if metatable == nil then return end
    if type(metatable) == "table" then return visit(path .. "<metatable>", metatable) end
    add(path .. "<metatable>", "hidden")
end

function visit(path, value)
    if again(path, value) then return end
    add(path, type(value))
    if type(value) ~= "string" then visit_metatable(path, value) end
    if type(value) ~= "table" then return end
    for key, member in next, value do
        visit(path .. part(key), member)
        if type(key) ~= "string" and type(key) ~= "number" then visit(path .. "<key " .. tostring(key) .. ">", key) end
    end
    -- A module of the host has nothing in it: what it gives is listed by pairs.
    if getmetatable(value) == false and value ~= _G then
        for key, member in pairs(value) do
            if rawget(value, key) == nil then visit(path .. part(key), member) end
        end
    end
end

visit("_G", _G)
visit("_ENV", _ENV)
for name, value in pairs{
    boolean = true, number = 1, string = "", ["function"] = print, thread = coroutine.create(print),
    userdata = sp.null, table = {},
} do
    visit_metatable("a " .. name, value)
end
-- What comes back from the host: an error, a record, a list.
local _, failure = pcall(sp.create_sysuser, {})
visit_metatable("an error", failure)
visit_metatable("a record", sp.find_server{ name = "www1" })
visit_metatable("a list", sp.servers())
-- The varargs of the file.
add("...", tostring(select("#", ...)) .. " values")

table.sort(lines)
for _, line in ipairs(lines) do print(line) end
