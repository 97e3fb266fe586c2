-- Is a text of 100,000 nested tables.
-- expect: limit depth
assert(load("return " .. ("{"):rep(100000) .. ("}"):rep(100000)))
