-- Returns a table with a function.
-- expect: refused "the recipe returns a function in 'x'"
return { x = print }
