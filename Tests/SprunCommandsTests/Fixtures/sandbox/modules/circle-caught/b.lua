for i = 1, 3 do pcall(import, "a") pcall(import, "b") end return {}
