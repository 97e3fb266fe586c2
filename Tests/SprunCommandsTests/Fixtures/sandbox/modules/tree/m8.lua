for i = 1, 8 do import(("./"):rep(i) .. "m9") end return {}
