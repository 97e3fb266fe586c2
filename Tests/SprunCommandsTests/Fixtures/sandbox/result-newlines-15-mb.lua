-- It returns a text of 15 million line breaks, each of which is shown as a line of its own.
-- expect: limit memory
return { x = ("\n"):rep(15000000) }
