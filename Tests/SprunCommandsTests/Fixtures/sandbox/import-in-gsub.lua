-- Imports while it replaces.
-- expect: refused "cannot wait"
("x"):gsub("x", function() import "audit" end)
