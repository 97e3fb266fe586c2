-- Raises an error at a line that the recipe does not have, under the name of the recipe.
-- expect: refused "far"
load(("\n"):rep(1e6) .. "error('far')", "@load-name-of-the-recipe-far-line.lua")()
