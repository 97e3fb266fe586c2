-- Imports while a text is loaded.
-- expect: refused "cannot wait"
error(select(2, load(function() return import "audit" end)))
