for i = 1, 8 do import(("./"):rep(i) .. "m5") end return {}
