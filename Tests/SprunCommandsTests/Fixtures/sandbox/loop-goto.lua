-- Jumps without end.
-- expect: limit cpu
::again::
goto again
