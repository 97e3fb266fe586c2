-- Ends with a message of control characters, NUL and bytes that are no UTF-8.
-- expect: refused "before"
error("before\27[2J\27]0;x\7\r\b\0after\xff\xfe\u{9b}31m\u{202e}x", 0)
