-- Says that the stack is full, when it is not; only the text tells.
-- expect: limit depth
error("stack overflow", 0)
