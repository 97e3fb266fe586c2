for i = 1, 3 do pcall(import, "b") end return {}
