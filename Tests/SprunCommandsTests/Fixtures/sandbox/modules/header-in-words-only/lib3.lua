return recipe
