-- Opens a long bracket of 10 million signs.
-- expect: refused "unfinished long string"
assert(load("return [" .. ("="):rep(10 << 20) .. "["))
