-- It returns 7 MB of carriage returns, vertical tabs, form feeds and next lines, all of which end a line.
-- expect: shown
return { x = ("\r\v\f\u{85}\u{2028}\u{2029}"):rep(500000), y = ("\r"):rep(2000000) }
