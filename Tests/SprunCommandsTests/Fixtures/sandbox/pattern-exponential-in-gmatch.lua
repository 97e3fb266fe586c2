-- Walks matches of an exponential pattern.
-- expect: limit cpu
for _ in (("a"):rep(30)):gmatch(("a-"):rep(30) .. "b") do end
