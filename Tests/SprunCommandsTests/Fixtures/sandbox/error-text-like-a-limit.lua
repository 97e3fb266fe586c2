-- Says that memory is short, when it is not; only the text tells.
-- expect: limit memory
error("not enough memory", 0)
