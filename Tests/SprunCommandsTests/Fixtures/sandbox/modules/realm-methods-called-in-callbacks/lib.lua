string.upper = function() return "lib's" end
local function inside(f) return f() end
return { call = function(f) return inside(f) end, sort = function(t) table.sort(t, function(a, b) return a:upper() < b:upper() end) end,
    each = function(t) return sp.each(t, function(s) sp.sleep(1) return s:upper() end) end }
