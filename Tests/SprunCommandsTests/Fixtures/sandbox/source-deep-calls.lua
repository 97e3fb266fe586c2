-- Is a text of 100,000 nested calls.
-- expect: limit depth
assert(load("return " .. ("f("):rep(100000) .. (")"):rep(100000)))
