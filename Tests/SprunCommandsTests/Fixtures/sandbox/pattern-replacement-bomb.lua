-- Replaces each letter of 1 MB by itself a thousand times.
-- expect: limit memory
(("x"):rep(1 << 20)):gsub(".", ("%0"):rep(1000))
