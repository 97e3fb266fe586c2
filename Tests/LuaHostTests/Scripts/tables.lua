-- Functions of `table`, on tables and on what only behaves like one, with all that is read and written.
local numbers = {
    1, 2, 3, 0, -1, -2, 5, 1.0, 2.5, "2", "0x3", "x", 1 << 62, math.maxinteger, math.mininteger, -5, {}, true, nil,
    n = 19,
}
local function number() return chance(4) and any(numbers) or random(9) - 2 end
local function value() return any{ 1, 2.5, "x", "y", true, nil, "text", n = 7 } end

local function list()
    local out = {}
    for i = 1, random(8) - 1 do out[i] = any{ "a", "b", 3, 4.5, chance(12) or "q" } end
    if chance(10) then out[random(9)] = nil end
    return out
end

local log = {}
local function proxy(contents, count)
    return setmetatable({}, {
        __index = function(_, key) log[#log + 1] = "read" .. show(key) return contents[key] end,
        __newindex = function(_, key, new) log[#log + 1] = "write" .. show(key) .. show(new) contents[key] = new end,
        __len = count and function() log[#log + 1] = "len" return count end or nil,
    })
end

-- Whether a range is one that Lua would go through for years.
local function is_endless(first, last)
    first, last = math.tointeger(first), math.tointeger(last)
    return first and last and (last - first > 1000 or last - first < -1 << 40)
end

local function run(name, contents, ...)
    log = {}
    local results = table.pack(pcall(table[name], ...))
    if name == "remove" and not results[1] then results[2] = results[2]:gsub("#%d", "#") end   -- 5.4.4 counts wrongly
    for i = 2, results.n do if results[i] == (...) and i > 1 then results[i] = "the table" end end
    report(name, table.unpack(results, 1, results.n))
    report("then", contents, table.concat(log, " "))
end

for case = 1, cases do
    local contents, count = list(), random(5)
    local subject = chance(3) and proxy(contents, any{ 0, 3, 5, "3", 2.0, 2.5, "x", nil, n = 8 }) or contents
    local first, last, place = number(), number(), number()
    local function cut(...) return table.unpack({ ... }, 1, count) end
    report("case " .. case, contents, subject ~= contents, count, first, last, place)
    run("insert", contents, cut(subject, first, value()))
    run("remove", contents, cut(subject, first))
    if not is_endless(first, last) then
        local target = any{ {}, contents, { 9, 8, 7, 6, 5 }, nil, n = 4 }
        run("move", target or contents, cut(subject, first, last, place, target))
        run("concat", contents, cut(subject, any{ ",", "", nil, 1, "--", {}, n = 6 }, first, last))
        run("unpack", contents, cut(subject, first, last))
    end
    local half = setmetatable({}, { __index = {}, __len = function() return 2 end })
    local other = any{ 1, "x", nil, true, print, half, n = 6 }
    run(any{ "insert", "remove", "move", "concat", "unpack" }, nil, cut(other, 1, 2, 3))
    local append = proxy(contents, any{ math.maxinteger, -1, math.mininteger })
    run("insert", contents, append, 1)
end
