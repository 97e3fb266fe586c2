return { mine = "sp" }
