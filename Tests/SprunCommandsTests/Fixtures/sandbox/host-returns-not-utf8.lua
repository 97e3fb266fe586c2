-- Returns bytes that are no UTF-8.
-- expect: refused "not valid UTF-8"
return { x = "\xff" }
