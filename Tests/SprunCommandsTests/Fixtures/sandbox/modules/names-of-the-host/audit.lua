return { mine = "audit" }
