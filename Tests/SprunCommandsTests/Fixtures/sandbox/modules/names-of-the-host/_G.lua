return { mine = "_G" }
