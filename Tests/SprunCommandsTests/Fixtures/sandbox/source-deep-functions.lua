-- Is a text of 100,000 nested functions.
-- expect: limit depth
assert(load(("return function() "):rep(100000) .. ("end "):rep(100000)))
