return { mine = "string" }
