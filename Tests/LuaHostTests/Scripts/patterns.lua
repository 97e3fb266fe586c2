-- Patterns with all that the manual has, and with what is wrong in all ways.
local bytes = { "a", "b", "a", "A", "1", " ", "-", "]", "%", "(", ")", "\0", "\255", "_", ".", "\n", "f" }
local classes = {}
for letter in ("acdglpsuwxzACDGLPSUWXZyb%.]-["):gmatch(".") do classes[#classes + 1] = "%" .. letter end

local function set()
    local out = { "[", any{ "", "", "^" }, any{ "", "", "", "]" } }
    for _ = 1, random(4) do
        out[#out + 1] = any{ any(bytes), any(classes), any(bytes) .. "-" .. any(bytes), "a-z", "0-9", "-" }
    end
    return table.concat(out) .. (chance(40) and "" or "]")
end

local function single() return any{ any(bytes), any(bytes), "a", "b", ".", any(classes), set() } end

local function item()
    local kind = random(20)
    if kind <= 9 then return single() end
    if kind <= 13 then return single() .. any{ "*", "+", "-", "?" } end
    return any{
        "(", "(", ")", "()", "%b()", "%b" .. any(bytes) .. any(bytes), "%f" .. set(), "%f", "%" .. random(3), "%0",
        "(" .. single() .. any{ "", "*", "+", "-", "?" } .. ")", "(" .. single() .. "+)%1", "()%1", "$", "^", "%", "%b",
        "[",
    }
end

local function pattern()
    local out = { any{ "", "", "", "^" } }
    for _ = 1, random(6) do out[#out + 1] = item() end
    return table.concat(out) .. any{ "", "", "", "$" }
end

local function identity(...) return ... end
local functions = {
    identity, function(a) return a ~= "a" and a end, function() return 7 end, function() return {} end, function() end,
}
local names = { a = "A", b = 2, [1] = "one", [""] = "none", aa = false, ["1"] = {} }

for case = 1, cases do
    local s, p = text(13, bytes), pattern()
    if chance(10) then   -- a pattern that is too long for the native stack
        local long = ("ab"):rep(30)
        s, p = long .. s, any{ long, long .. "?", ("()"):rep(random(40)), "[%a%d]+" .. ("[bc]*"):rep(9) } .. p
    end
    local init = any{ 1, 1, 2, 0, -1, -3, random(16), -random(16), 1 << 62, math.mininteger }
    local r, n = text(3, { any(bytes), "x", "%0", "%1", "%2", "%%", "%a", "%" }), random(6) - 2
    report("case " .. case, s, p, r, init, n)
    report("find", pcall(string.find, s, p, init))
    report("plain", pcall(string.find, s, p, init, true))
    report("match", pcall(string.match, s, p, init))
    report("gsub", pcall(string.gsub, s, p, r))
    report("gsub some", pcall(string.gsub, s, p, r, n))
    report("gsub function", pcall(string.gsub, s, p, any(functions)))
    report("gsub table", pcall(string.gsub, s, p, names))
    local ok, step = pcall(string.gmatch, s, p, init)
    for _ = 1, ok and 18 or 0 do
        local results = table.pack(pcall(step))
        report("gmatch", table.unpack(results, 1, results.n))
        if results.n == 1 or not results[1] then break end
    end
end
