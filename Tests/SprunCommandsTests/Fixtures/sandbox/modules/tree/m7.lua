for i = 1, 8 do import(("./"):rep(i) .. "m8") end return {}
