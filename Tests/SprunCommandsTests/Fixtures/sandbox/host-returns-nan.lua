-- Returns a number that no JSON has.
-- expect: refused "the recipe returns the number"
return { x = 0 / 0 }
