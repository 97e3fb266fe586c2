for i = 1, 8 do import(("./"):rep(i) .. "m6") end return {}
