-- Asks for all letters of a long text at once.
-- expect: limit depth
utf8.codepoint(("x"):rep(10 << 20), 1, -1)
