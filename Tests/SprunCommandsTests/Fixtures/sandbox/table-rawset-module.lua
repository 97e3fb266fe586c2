-- Sets a field of sp behind its metatable.
-- expect: refused "sp is read-only"
rawset(sp, "log", print)
