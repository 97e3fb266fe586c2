-- Ends with messages that look like positions of the recipe.
-- expect: refused "SP0202"
pcall(error, "error-text-like-a-position.lua:99999999999999999999: x", 0)
error("error-text-like-a-position.lua:9223372036854775807: x", 0)
