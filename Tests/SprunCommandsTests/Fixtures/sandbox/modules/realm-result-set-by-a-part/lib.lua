return { set = function(v) sp.result(v) end, f = function() return sp.result end }
