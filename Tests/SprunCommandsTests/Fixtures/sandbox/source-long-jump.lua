-- Is a loop of a body longer than a jump can be.
-- expect: refused "control structure too long"
assert(load("for i = 1, 2 do " .. ("x = 1 "):rep(1 << 18) .. "end"))
