-- Its header is the table of globals.
-- expect: refused "recipe"
return recipe(_G)
