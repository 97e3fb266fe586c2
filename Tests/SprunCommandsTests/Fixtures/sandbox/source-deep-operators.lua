-- Is a text of 100,000 unary operators, powers and concatenations.
-- expect: limit depth
load("return " .. ("not "):rep(100000) .. "1")
load("return " .. ("2^"):rep(100000) .. "1")
load("return " .. ("- "):rep(100000) .. "1")
assert(load("return " .. ("'x'.."):rep(100000) .. "'x'"))
