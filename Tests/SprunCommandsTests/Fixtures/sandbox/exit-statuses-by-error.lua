-- Raises errors that name an exit status, or a limit that nobody passed.
-- expect: refused "(the error value is a table)"
pcall(error, { code = "interrupted" })
error{ code = "no_such_code", message = "exit 0", exit = 0 }
