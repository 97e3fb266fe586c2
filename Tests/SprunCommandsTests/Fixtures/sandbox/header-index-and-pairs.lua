-- Its header gives keys by __index and __pairs, others each time.
-- expect: refused "run or exports is required"
local count = 0
return recipe(setmetatable({}, {
    __index = function(_, key) count = count + 1 return key .. count end,
    __pairs = function(t) return function(_, k) if not k then return "run", print end end, t end,
}))
