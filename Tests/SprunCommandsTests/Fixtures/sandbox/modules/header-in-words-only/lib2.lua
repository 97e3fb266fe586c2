local recipe = print
return recipe {}
