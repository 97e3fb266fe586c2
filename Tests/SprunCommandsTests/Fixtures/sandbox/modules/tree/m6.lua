for i = 1, 8 do import(("./"):rep(i) .. "m7") end return {}
