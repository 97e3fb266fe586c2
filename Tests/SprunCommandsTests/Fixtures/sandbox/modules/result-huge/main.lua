-- A module gives a table of a million values.
-- expect: silent
pcall(import, "lib")
