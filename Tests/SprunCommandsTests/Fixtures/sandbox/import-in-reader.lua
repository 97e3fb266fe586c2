-- Imports while a text is loaded.
-- expect: refused "cannot wait"
load(function() return import "audit" end)
