for i = 1, 8 do import(("./"):rep(i) .. "m2") end return {}
