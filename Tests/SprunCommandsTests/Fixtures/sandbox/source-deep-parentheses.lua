-- Is a text of 100,000 nested parentheses.
-- expect: limit depth
assert(load("return " .. ("("):rep(100000) .. "1" .. (")"):rep(100000)))
