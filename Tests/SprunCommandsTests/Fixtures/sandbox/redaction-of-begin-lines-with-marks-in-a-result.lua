-- It returns 300,000 beginnings of first lines of keys with letters that have marks behind them.
-- expect: shown
return { x = ("-----BEGIN e\u{301}"):rep(300000) .. "PRIVATE KEY-----" }
