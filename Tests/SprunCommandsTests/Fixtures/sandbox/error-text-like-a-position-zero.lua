-- Ends with a message that looks like line 0 of the recipe.
-- expect: refused "SP0202"
error("error-text-like-a-position-zero.lua:0: x", 0)
