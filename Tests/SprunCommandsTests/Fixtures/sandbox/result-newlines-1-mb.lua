-- It returns a text of a million line breaks behind a short name.
-- expect: shown
return { x = ("\n"):rep(1000000) }
