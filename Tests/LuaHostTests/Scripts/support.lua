-- What the scripts of ReferenceTests share; it stands before each of them. It runs in the host and in the `lua5.4`
-- program with the same seed, and both must print the same.
local state, cases = math.tointeger((...)), math.tointeger((select(2, ...)))

-- 1 to n.
local function random(n)
    state = state * 6364136223846793005 + 1442695040888963407
    return (state >> 33) % n + 1
end

local function chance(n) return random(n) == 1 end

-- One of a list, which may hold nils when it says its `n`.
local function any(list) return list[random(list.n or #list)] end

-- Up to `most` of a list, one after the other.
local function text(most, list)
    local out = {}
    for i = 1, random(most + 1) - 1 do out[i] = any(list) end
    return table.concat(out)
end

-- A value in ASCII without spaces; of a table what is near the positions of a list.
local function show(value)
    if math.type(value) == "float" then return string.format("%.17g", value) end
    if type(value) == "table" then
        local out = {}
        for i = -2, 12 do out[#out + 1] = show(rawget(value, i)) end
        return "{" .. table.concat(out, ",") .. "}"
    end
    if type(value) ~= "string" then return tostring(value) end
    local out = {}
    for i = 1, #value do
        local byte = value:byte(i)
        out[i] = byte > 32 and byte < 127 and byte ~= 92 and string.char(byte) or "\\" .. byte
    end
    return '"' .. table.concat(out) .. '"'
end

local function report(name, ...)
    local out = { name }
    for i = 1, select("#", ...) do out[i + 1] = show((select(i, ...))) end
    print(table.concat(out, " "))
end
