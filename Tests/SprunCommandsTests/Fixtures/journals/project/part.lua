return { word = "word" }
