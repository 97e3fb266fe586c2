return { name = "composed" }
