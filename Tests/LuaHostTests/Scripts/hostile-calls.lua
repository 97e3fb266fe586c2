-- Calls every function that a script can reach with every kind of value in every argument place, and prints how many
-- functions and calls that were. A function that takes an argument for what it is not ends the process.
--
-- Functions are found in the globals, in the tables and metatables that can be reached from them, and among the values
-- that other functions return: iterators, loaded chunks, coroutines that are wrapped.
local PLACES, PLACES_OF_RETURNED = 4, 3   -- argument places; those of functions that others return

-- The functions of the library, by names that no call below can change.
local pcall, type, next, select, getmetatable, rawget = pcall, type, next, select, getmetatable, rawget
local unpack, wrap, sort = table.unpack, coroutine.wrap, table.sort
local null = rawget(_G, "sp") and sp.null or rawget(_G, "t") and t.null

local function raises() error("raised") end

local function with(metatable) return setmetatable({ 1, 2, 3, a = 1 }, metatable) end

-- Makers, so that each call gets fresh tables: none can spoil the next.
local values = {
    function() return nil end,
    function() return false end,
    function() return true end,
    function() return 0 end,
    function() return 1 end,
    function() return -1 end,
    function() return 3 end,
    function() return 64 end,
    function() return 1 << 53 end,
    function() return 0x4141414141 end,
    function() return math.maxinteger end,
    function() return math.mininteger end,
    function() return 0.5 end,
    function() return -0.0 end,
    function() return 0 / 0 end,
    function() return 1 / 0 end,
    function() return -1 / 0 end,
    function() return 1e308 end,
    function() return 2.0 ^ 63 end,
    function() return "" end,
    function() return "x" end,
    function() return "1e400" end,
    function() return "return 1" end,
    function() return "%d%s%1()[" end,
    function() return ("x"):rep(20000) end,
    function() return "a\0b" end,
    function() return "\xff\xfe\xf4\x90" end,
    function() return "\u{1F600}\u{301}" end,
    function() return {} end,
    function() return { 1, 2, 3 } end,
    function() return { 1, nil, 3, nil, 5 } end,
    function() return { a = 1, [0] = 2, [1.5] = 3, [true] = 4, [print] = 5, [{}] = 6 } end,
    function() local cycle = {} cycle[1], cycle.id = cycle, cycle return cycle end,
    function() return { { { "x" } }, name = { id = { "x" } } } end,
    function() return with{ __index = raises, __newindex = raises, __len = raises, __call = raises, __pairs = raises,
        __eq = raises, __lt = raises, __le = raises, __concat = raises, __tostring = raises, __close = raises } end,
    function() return with{ __index = "text", __newindex = 1, __len = function() return 100 end, __name = 1,
        __tostring = function() return {} end, __pairs = function() return 1, 2, 3 end, __mode = "kv" } end,
    function() return with{ __call = function(...) return ... end, __len = function() return "x" end,
        __metatable = "hidden", __hostmodule = {} } end,
    function() return with{ __pairs = coroutine.yield, __index = coroutine.yield, __len = function() return -1 end } end,
    function() return raises end,
    function() return function(...) return ... end end,
    function() return type end,
    function() return coroutine.yield end,
    function() return pairs({ 1, 2, 3 }) end,
    function() return (pairs({ a = 1 })) end,
    function() return (("x x"):gmatch("x")) end,
    function() return coroutine.create(raises) end,
    function() local dead = coroutine.create(type) coroutine.resume(dead) return dead end,
    function() return coroutine.running() end,
    function() return null end,
    function() return string end,
    function() return rawget(_G, "t") and t.large end,
}

-- What the other arguments of a call are.
local others = {
    function() return nil end,
    function() return { 1, 2, 3 } end,
    function() return "x" end,
}

local queue, seen, called = {}, {}, 0

local function add(f, is_host, is_returned)
    if type(f) ~= "function" or seen[f] then return false end
    seen[f] = true
    queue[#queue + 1] = { f = f, is_host = is_host, is_returned = is_returned }
    return true
end

-- Finds what can be reached from a value. What belongs to the host is found by pairs: its modules are empty.
local function visit(value, is_host)
    if type(value) == "function" then return add(value, is_host) end
    if type(value) ~= "table" or seen[value] then return end
    seen[value] = true
    local metatable = getmetatable(value)
    if type(metatable) == "table" then visit(metatable, is_host) end
    local is_module = metatable == false and value ~= _G
    local walk, state, first = next, value, nil
    if is_module then walk, state, first = pairs(value) end
    for key, member in walk, state, first do
        visit(key, is_host or is_module)
        visit(member, is_host or is_module)
    end
end

-- `print` takes anything, and says it all; what parks is woken only by a cancellation.
local left_out = { [print] = true }
if rawget(_G, "t") then left_out[t.park] = true end

-- With ranges of 2^63 positions it works until the CPU limit ends the run, as it should.
local counts_far = { [table.move] = true }

local function is_far(value) return type(value) == "number" and not (value < 1e6 and value > -1e6) end

-- One call, in a coroutine of its own, so that what yields does no harm. Whether it took a function that was returned.
local function call(entry, place, value, other, count, takes_returned)
    local arguments, has_taken = {}, false
    for i = 1, count do
        if i == place then arguments[i] = value() else arguments[i] = other() end
    end
    if counts_far[entry.f] and is_far(arguments[place]) then return false end
    called = called + 1
    local function keep(...)
        for i = 1, takes_returned and select("#", ...) or 0 do
            if not has_taken then has_taken = add((select(i, ...)), entry.is_host, true) end
        end
    end
    pcall(wrap(function() keep(pcall(entry.f, unpack(arguments, 1, count))) end))
    return has_taken
end

local function call_in_every_way(entry)
    if left_out[entry.f] then return end
    for place = 1, entry.is_returned and PLACES_OF_RETURNED or PLACES do
        for _, value in next, values do
            -- Of the functions that are returned for a value one is taken: the next value may bring another kind.
            local takes = not entry.is_returned
            takes = not call(entry, place, value, others[1], PLACES, takes) and takes
            for _, other in next, others do
                takes = not call(entry, place, value, other, place, takes) and takes
            end
        end
    end
end

visit(_G)
for _, value in next, values do visit(getmetatable(value())) end
local position = 0
while position < #queue do
    position = position + 1
    call_in_every_way(queue[position])
end

-- The state is as it was.
local sorted = { 3, 1, 2 }
sort(sorted)
assert(table.concat(sorted, " ") == "1 2 3" and ("a-b"):gsub("%a", string.upper) == "A-B")
for key, member in pairs{ a = 1 } do assert(key == "a" and member == 1) end
print(("%d functions, %d calls"):format(#queue, called))
return #queue, called
