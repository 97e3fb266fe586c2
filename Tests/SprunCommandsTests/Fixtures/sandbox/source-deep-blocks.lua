-- Is a text of 100,000 nested blocks.
-- expect: limit depth
assert(load(("do "):rep(100000) .. ("end "):rep(100000)))
