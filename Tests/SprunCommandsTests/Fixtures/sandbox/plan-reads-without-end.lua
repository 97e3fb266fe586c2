-- It reads while it plans, with filters that are all different.
-- expect: limit memory
-- command: plan --simulate
for i = 1, 1e9 do pcall(sp.apps, { name = ("f"):rep(10000) .. i }) end
