-- Waits inside a reader.
-- expect: refused "cannot wait inside the reader function of load"
assert(load(function() sp.sleep(1) end))
