for i = 1, 8 do import(("./"):rep(i) .. "m4") end return {}
