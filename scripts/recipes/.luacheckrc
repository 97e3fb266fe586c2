std = "lua54"
read_globals = { "sp", "recipe", "param", "import", "dns", "http", "ssh" }
max_line_length = 120
