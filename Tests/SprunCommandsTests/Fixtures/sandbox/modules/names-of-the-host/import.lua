return { mine = "import" }
