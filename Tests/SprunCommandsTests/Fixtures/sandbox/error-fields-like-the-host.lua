-- Ends with a table that has the fields of the host's errors, with values of other types.
-- expect: refused "SP0202"
error{ code = "cpu_limit", message = {}, status = "x", operation = 1, object = print, hint = sp.null }
