for i = 1, 8 do import(("./"):rep(i) .. "m3") end return {}
