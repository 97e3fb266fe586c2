-- Walks matches of an exponential pattern.
-- expect: limit cpu
-- finding: one call of C is not interrupted
for _ in (("a"):rep(30)):gmatch(("a-"):rep(30) .. "b") do end
