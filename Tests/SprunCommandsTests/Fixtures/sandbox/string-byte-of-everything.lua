-- Asks for all bytes of a long text at once.
-- expect: limit depth
(("x"):rep(10 << 20)):byte(1, -1)
