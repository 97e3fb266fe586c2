-- It returns 400,000 beginnings of last lines of keys, each of which is looked at when the run is over.
-- expect: shown
return { x = ("-----END "):rep(400000) .. "PRIVATE KEY-----" }
